// The prose editor over the plain box. Its library is loaded by its own address, not by an import map, and adds no
// styles to the page: the site's policy allows neither. Without this file the box stays as it is.
for (const field of document.querySelectorAll("[data-editor]")) {
  const box = field.querySelector("textarea[data-prose]");
  const bar = field.querySelector('[role="toolbar"]');
  const link = bar.querySelector("[data-link]");
  const linker = bar.querySelector('[data-do="link"]');
  const levelOf = ({ dataset }) => dataset.level && { level: Number(dataset.level) };
  const library = await import(field.dataset.editor);
  const { Blockquote, Bold, BulletList, Document, Editor, HardBreak, Heading, Italic, Link } = library;
  const { ListItem, OrderedList, Paragraph, Text, UndoRedo } = library;

  const frame = document.createElement("div");
  frame.className = "prose-editor";
  box.before(frame);
  frame.append(bar);
  bar.hidden = false;
  box.hidden = true;

  const editor = new Editor({
    element: frame,
    injectCSS: false,
    content: box.value,
    extensions: [
      Document, Paragraph, Text, HardBreak, Bold, Italic, BulletList, OrderedList, ListItem, Blockquote, UndoRedo,
      Heading.configure({ levels: [2, 3] }),
      Link.configure({ openOnClick: false, enableTarget: false }).extend({ addKeyboardShortcuts: () => ({}) }),
    ],
    editorProps: { attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": `${box.id}_label` } },
    // The form hears of it as of any other box: suggestions follow what is written.
    onUpdate: () => {
      box.value = editor.isEmpty ? "" : editor.getHTML();
      box.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  const label = field.querySelector(`label[for="${box.id}"]`);
  label.id = `${box.id}_label`;
  label.onclick = () => editor.commands.focus();

  function show() {
    for (const button of bar.querySelectorAll("[data-do]")) {
      button.setAttribute("aria-pressed", editor.isActive(button.dataset.is, levelOf(button)));
    }
  }

  bar.onclick = ({ target }) => {
    const button = target.closest("[data-do]");
    if (!button) return;
    const chain = editor.chain().focus();
    if (button !== linker) chain[button.dataset.do](levelOf(button)).run();
    else if (link.value) chain.extendMarkRange("link").setLink({ href: link.value }).run();
    else chain.extendMarkRange("link").unsetLink().run();
  };
  // A press keeps the caret in the text; Enter in the address sets the link and does not send the form.
  bar.onmousedown = (event) => { if (event.target.closest("[data-do]")) event.preventDefault(); };
  link.onkeydown = (event) => { if (event.key === "Enter") { event.preventDefault(); linker.click(); } };
  editor.on("transaction", show);
  show();
}
