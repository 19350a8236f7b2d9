import { removeMessage } from "../messages.ts";
import type { Ack, Channel } from "../model.ts";
import { channelOf, messagesOf, PEOPLE, type World } from "../world.ts";
import type { Acting } from "./acting.ts";
import { sendEvent } from "./event.ts";

/** What people and admins do to the workspace, and what makes the app's life hard. */
export interface WorkspaceActs {
  /** Removes the bot from a channel. */
  kick(channel: string): void;
  /** Adds the bot to a channel; the app hears of it as `member_joined_channel`, when its scopes allow. */
  invite(channel: string, options?: { by?: string }): Promise<readonly Ack[]>;
  archive(channel: string): void;
  unarchive(channel: string): void;
  /** A person with the right deletes any message. */
  deleteMessage(channel: string, ts: string): void;
  /** The installation dies; every call is refused with this code (`token_revoked` unless said). */
  revokeToken(code?: string): void;
  restoreToken(): void;
  /** Replaces the bot's scopes. */
  setScopes(scopes: readonly string[]): void;
  closeEditWindow(channel: string): void;
  openEditWindow(channel: string): void;
  /** Posting is refused with this code (`restricted_action` unless said); null lifts it. */
  restrictPosting(channel: string, code?: string | null): void;
  lockThread(channel: string, ts: string): void;
  unlockThread(channel: string, ts: string): void;
  /** The Messages tab of the app: without it no direct message to a person. */
  setMessagesTab(enabled: boolean): void;
}

export function createWorkspaceActs(acting: Acting): WorkspaceActs {
  const { world } = acting;
  const change = (id: string, act: (channel: Channel) => void) => {
    act(channelOf(world, id));
    world.changes.emit("workspace", `channel ${id} changed`);
  };
  const restrict = (code: string | null) => (channel: Channel) => {
    channel.restriction = code;
  };
  return {
    kick: (id) => change(id, (channel) => channel.members.delete(world.app.botUserId)),
    invite: (id, options) => invite(acting, channelOf(world, id), options?.by ?? PEOPLE.ana),
    archive: (id) => change(id, (channel) => (channel.archived = true)),
    unarchive: (id) => change(id, (channel) => (channel.archived = false)),
    deleteMessage: (channel, ts) => deleteMessage(world, channel, ts),
    revokeToken: (code = "token_revoked") => changeCredentials(world, { revoked: code }),
    restoreToken: () => changeCredentials(world, { revoked: null }),
    setScopes: (scopes) => changeCredentials(world, { scopes: new Set(scopes) }),
    closeEditWindow: (id) => change(id, (channel) => (channel.editWindowClosed = true)),
    openEditWindow: (id) => change(id, (channel) => (channel.editWindowClosed = false)),
    restrictPosting: (id, code = "restricted_action") => change(id, restrict(code)),
    lockThread: (id, ts) => change(id, (channel) => channel.lockedThreads.add(ts)),
    unlockThread: (id, ts) => change(id, (channel) => channel.lockedThreads.delete(ts)),
    setMessagesTab: (enabled) => changeCredentials(world, { messagesTabEnabled: enabled }),
  };
}

function changeCredentials(world: World, change: Partial<World["credentials"]>): void {
  Object.assign(world.credentials, change);
  world.changes.emit("workspace", "credentials changed");
}

function deleteMessage(world: World, channel: string, ts: string): void {
  const message = messagesOf(world, channel).get(ts);
  if (!message || message.deleted) throw new Error(`No message ${ts} in ${channel} to delete`);
  removeMessage(world, message);
}

async function invite(acting: Acting, channel: Channel, by: string): Promise<readonly Ack[]> {
  const { world } = acting;
  channel.members.add(world.app.botUserId);
  world.changes.emit("workspace", `bot joined ${channel.id}`);
  const scope = channel.kind === "private" ? "groups:read" : "channels:read";
  if (!world.credentials.scopes.has(scope)) return [];
  return sendEvent(acting, {
    type: "member_joined_channel",
    user: world.app.botUserId,
    channel: channel.id,
    channel_type: channel.kind === "private" ? "G" : "C",
    team: world.team.id,
    inviter: by,
  });
}
