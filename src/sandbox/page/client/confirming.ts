/// <reference lib="dom" />

interface Confirmation {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly deny: string;
  readonly style: string;
}

/** Asks as the element wants it asked; resolves with the answer, which is no when the dialog is closed otherwise. */
export function confirmed(data: string): Promise<boolean> {
  const { title, text, confirm, deny, style } = JSON.parse(data) as Confirmation;
  const dialog = document.createElement("dialog");
  dialog.className = "modal confirm";
  const form = document.createElement("form");
  form.method = "dialog";
  const footer = document.createElement("footer");
  footer.append(button(deny, "no", ""), button(confirm, "yes", style === "danger" ? "danger" : "primary"));
  form.append(element("h2", title), element("p", text), footer);
  dialog.append(form);
  dialog.setAttribute("aria-label", title);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function button(words: string, value: string, style: string): HTMLButtonElement {
  const result = document.createElement("button");
  result.className = `button ${style}`;
  result.value = value;
  result.textContent = words;
  return result;
}

function element(name: string, words: string): HTMLElement {
  const result = document.createElement(name);
  result.textContent = words;
  return result;
}
