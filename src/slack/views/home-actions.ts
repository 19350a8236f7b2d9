/** What can be pressed in the Home tab. A button's value is the watch's id, or the channel's where settings are asked for. */
export const HOME_ACTIONS = {
  review: "home_review",
  pause: "home_pause",
  resume: "home_resume",
  stop: "home_stop",
  settings: "home_settings",
} as const;

export type HomeAction = (typeof HOME_ACTIONS)[keyof typeof HOME_ACTIONS];
