import { ApiError } from "../api-error.ts";
import { type Args, required } from "../args.ts";
import type { Json } from "../model.ts";
import { CHAT_METHODS } from "./chat.ts";
import { CONVERSATION_METHODS } from "./conversations.ts";
import { FILE_METHODS } from "./files.ts";
import { FUNCTION_METHODS } from "./functions.ts";
import type { MethodContext, MethodTable } from "./method.ts";
import { VIEW_METHODS } from "./views.ts";

function authTest(_args: Args, { world }: MethodContext): Json {
  return {
    url: world.team.url,
    team: world.team.name,
    user: world.app.name.toLowerCase(),
    team_id: world.team.id,
    user_id: world.app.botUserId,
    bot_id: world.app.botId,
    app_id: world.app.id,
    is_enterprise_install: false,
  };
}

function usersInfo(args: Args, { world }: MethodContext): Json {
  const person = world.people.get(required(args, "user", "user_not_found"));
  if (!person) throw new ApiError("user_not_found");
  const profile = { real_name: person.realName, display_name: person.name };
  return {
    user: {
      id: person.id,
      team_id: world.team.id,
      name: person.name,
      real_name: person.realName,
      profile,
      is_bot: false,
    },
  };
}

/** Every method the fake knows; anything else is `unknown_method`. */
export const METHODS: MethodTable = {
  "auth.test": { handle: authTest },
  "users.info": { scope: "users:read", handle: usersInfo },
  "apps.connections.open": { token: "app", handle: (_args, { openSocketUrl }) => ({ url: openSocketUrl() }) },
  ...CHAT_METHODS,
  ...CONVERSATION_METHODS,
  ...FILE_METHODS,
  ...FUNCTION_METHODS,
  ...VIEW_METHODS,
};
