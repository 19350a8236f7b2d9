import type { Json, StoredView } from "./model.ts";
import type { World } from "./world.ts";

/** A view as the Web API and interaction payloads show it. */
export function viewToWire(world: World, stored: StoredView, state: Json = { values: {} }): Json {
  const view = stored.view;
  return {
    id: stored.id,
    team_id: world.team.id,
    type: stored.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? "",
    callback_id: view.callback_id ?? "",
    external_id: view.external_id ?? "",
    state,
    hash: stored.hash,
    title: view.title ?? { type: "plain_text", text: "View Title", emoji: true },
    submit: view.submit ?? null,
    close: view.close ?? null,
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    previous_view_id: stored.previousId,
    root_view_id: stored.rootId,
    app_id: world.app.id,
    app_installed_team_id: world.team.id,
    bot_id: world.app.botId,
  };
}
