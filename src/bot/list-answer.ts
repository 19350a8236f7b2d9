import type { Message } from "../domain/message.ts";
import type { Person } from "../domain/review.ts";
import type { BotActions } from "./deps.ts";
import { type ListPage, list } from "./replies/list.ts";
import { membershipUnknown } from "./replies/membership-unknown.ts";
import { storeDown } from "./replies/store-down.ts";

/** A page of what a channel follows, or of what all channels of a person do. */
export async function listAnswer(
  actions: BotActions,
  { by, channelId }: { readonly by: Person; readonly channelId: string },
  page: ListPage,
): Promise<Message> {
  if (!page.all) {
    const result = await actions.listWatches(channelId);
    return result.kind === "list" ? list(result.items, page) : storeDown("/findall list");
  }
  const result = await actions.overview(by);
  if (result.kind === "membership_unknown") return membershipUnknown();
  return result.kind === "overview" ? list(result.items, page) : storeDown("/findall list all");
}
