/// <reference lib="dom" />

/** Shows the commands that what is typed may become, as Slack does from the first slash on. */
export function showHints(field: HTMLTextAreaElement): void {
  if (field.id !== "composer") return;
  const word = /^\/\S*/.exec(field.value)?.[0];
  const isComplete = word !== undefined && field.value.length > word.length;
  let shown = 0;
  for (const hint of hints()) {
    const name = hint.dataset.command ?? "";
    hint.hidden = word === undefined || !(isComplete ? name === word : name.startsWith(word));
    if (!hint.hidden) shown += 1;
  }
  setOpen(field, shown > 0 && !field.value.includes("\n"));
  mark(field, isComplete ? undefined : visible()[0]);
}

export function hideHints(): void {
  const field = document.querySelector<HTMLTextAreaElement>("#composer");
  if (field) setOpen(field, false);
}

/** Marks the next hint or the one before; false when there are none to mark. */
export function moveHint(field: HTMLTextAreaElement, by: 1 | -1): boolean {
  const all = visible();
  const marked = all.findIndex((hint) => hint.getAttribute("aria-selected") === "true");
  if (all.length < 2 || marked < 0) return false;
  mark(field, all[(marked + by + all.length) % all.length]);
  return true;
}

/** Completes the command that is marked or given; false when there is nothing to complete. */
export function chooseHint(field: HTMLTextAreaElement, hint = visible().find(isMarked)): boolean {
  const name = hint?.dataset.command;
  if (!name || field.value.trimEnd() === name) return false;
  field.value = `${name} `;
  showHints(field);
  return true;
}

function setOpen(field: HTMLElement, isOpen: boolean): void {
  const list = document.querySelector<HTMLElement>("#hints");
  if (list) list.hidden = !isOpen;
  field.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) mark(field, undefined);
}

function mark(field: HTMLElement, wanted: HTMLElement | undefined): void {
  for (const hint of hints()) hint.setAttribute("aria-selected", String(hint === wanted));
  if (wanted) field.setAttribute("aria-activedescendant", wanted.id);
  else field.removeAttribute("aria-activedescendant");
}

function hints(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#hints [data-command]")];
}

function visible(): readonly HTMLElement[] {
  const list = document.querySelector<HTMLElement>("#hints");
  return list && !list.hidden ? hints().filter((hint) => !hint.hidden) : [];
}

function isMarked(hint: HTMLElement): boolean {
  return hint.getAttribute("aria-selected") === "true";
}
