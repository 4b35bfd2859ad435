// Passkeys are the one thing that needs a script: the page's question goes to the device, its answer into the form.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "");

const readKeys = (list) => (list || []).map((key) => ({ ...key, id: toBytes(key.id) }));

function question({ publicKey }) {
  const asked = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: toBytes(asked.user.id) };
  if (asked.excludeCredentials) asked.excludeCredentials = readKeys(asked.excludeCredentials);
  if (asked.allowCredentials) asked.allowCredentials = readKeys(asked.allowCredentials);
  return asked;
}

function answer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const value = credential.response[name];
    if (value) response[name] = toText(value);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function ask(form) {
  let options = form.dataset.options;
  // Before sign-in the question is asked for only when it is needed, so that looking at the page stores nothing.
  if (!options) options = await (await fetch(form.action, { headers: { Accept: "application/json" } })).text();
  const publicKey = question(JSON.parse(options));
  const make = form.dataset.passkey === "create";
  return answer(await navigator.credentials[make ? "create" : "get"]({ publicKey }));
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  const failure = form.querySelector("[data-failure]");
  const credential = form.querySelector("[data-credential]");
  form.addEventListener("submit", async (event) => {
    if (credential.value) return;
    event.preventDefault();
    failure.hidden = true;
    try {
      credential.value = await ask(form);
      form.submit();
    } catch {
      failure.hidden = false;
    }
  });
}
