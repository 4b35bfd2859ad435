// Where a browser knows trusted types, this is the only way from a string to a page. HTML passes: the policy of the
// site lets nothing inline in it run. Code passes never, an address of a script only if it is ours.
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (text) => text,
  createScript: () => null,
  createScriptURL: (address) => (new URL(address, location.href).origin === location.origin ? address : null),
});
