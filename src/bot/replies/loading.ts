/** Shown in a window while what belongs into it is on its way. */
export const LOADING = "⏳ One moment: I am still reading this.";
