import type { FakeSlack } from "../../fake-slack/index.ts";
import { type Html, html } from "../render/html.ts";

/** A square with a letter; the app's carries its sign. */
export function avatar(slack: FakeSlack, user: string): Html {
  const name = user === "slackbot" ? "Slackbot" : (slack.nameOf(user) ?? user);
  const shade = user === slack.app.botUserId ? "app" : user === "slackbot" ? "slackbot" : String(shadeOf(slack, user));
  return html`<span class="avatar avatar-${shade}" aria-hidden="true">${user === slack.app.botUserId ? "◎" : name.slice(0, 1)}</span>`;
}

function shadeOf(slack: FakeSlack, user: string): number {
  return (
    Math.max(
      0,
      slack.people().findIndex((person) => person.id === user),
    ) % 4
  );
}
