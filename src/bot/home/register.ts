import type { App } from "@slack/bolt";
import { type BotLogger, errorFields } from "../bolt-logger.ts";
import type { BotDeps } from "../deps.ts";
import { type ModalClick, readClick } from "../review/payload.ts";
import { acknowledge, deskOf } from "../review/register.ts";
import { onHomeClick } from "./home-click.ts";

const HOME_ACTION = /^home_[a-z]+$/;

/** The Home tab, and the first words to a person. @param inHand keeps what is being worked on until it is done */
export function registerHome(
  app: App,
  deps: BotDeps,
  log: BotLogger,
  inHand: (work: Promise<void>) => Promise<void>,
): void {
  const { actions, config } = deps;

  app.event("app_home_opened", async ({ event }) => {
    const { user, tab } = event;
    await inHand(
      tab === "home" ? actions.showHome({ id: user }).then(() => actions.greetPerson(user)) : actions.greetPerson(user),
    );
  });

  app.event("member_joined_channel", async ({ event }) => {
    if (event.user !== config.botUserId || !event.inviter) return;
    await inHand(actions.greetInviter(event.channel, event.inviter));
  });

  app.action({ type: "block_actions", action_id: HOME_ACTION }, async ({ body, ack, client, context }) => {
    const receivedAt = typeof context.receivedAt === "number" ? context.receivedAt : deps.now();
    const arrival = { deps, log, client, receivedAt };
    await acknowledge(ack, "click", arrival);
    const click = readClick(body);
    if (!("view" in click)) return;
    const clickLog = log.child({ click: click.actionId, user: click.by.id, about: click.value?.slice(0, 60) });
    await inHand(onHomeClick(click as ModalClick, deskOf(arrival, clickLog)));
  });

  // Whoever types, presses or sends something knows the app: no welcome any more.
  app.use(async ({ body, next }) => {
    await next();
    const user = userOf(body);
    if (user === null) return;
    const noted = actions.meetPerson(user).catch((error) => {
      log.debug({ event: "person_not_noted", ...errorFields(error) }, "a welcome may come once more");
    });
    await inHand(noted);
  });
}

/** The person who used the app; null for an event, which nobody sent on purpose. */
function userOf(body: unknown): string | null {
  const fields = (body ?? {}) as { readonly type?: unknown; readonly user_id?: unknown; readonly user?: unknown };
  if (fields.type === "event_callback") return null;
  const { id } = (fields.user ?? {}) as { readonly id?: unknown };
  const user = fields.user_id ?? id;
  return typeof user === "string" && user !== "" ? user : null;
}
