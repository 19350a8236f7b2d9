/// <reference lib="dom" />

/** Menus of the app and of the page, while they are unfolded. */
const OPEN = "details:is(.b-overflow, .menu)[open]";

/** A click elsewhere folds menus. */
export function watchMenus(): void {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(OPEN)) {
      if (!menu.contains(event.target as Node)) menu.removeAttribute("open");
    }
  });
}

/** Folds the menu that is open and goes back to where it was opened; false when there is none. */
export function foldMenu(): boolean {
  const menu = document.querySelector<HTMLElement>(OPEN);
  menu?.removeAttribute("open");
  menu?.querySelector("summary")?.focus();
  return menu !== null;
}
