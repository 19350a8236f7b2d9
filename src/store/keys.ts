/**
 * Every key of one workspace, in one place. All share the hash tag `{team}`, so that a script may touch any of them,
 * also on Redis Cluster. `v1` is the version of the layout: a change that old code could not read takes the next one.
 */
export function keysOf(team: string) {
  const prefix = `findall:{${team}}:v1:`;
  return {
    /** Scripts build the keys of entries and lanes themselves, from this. */
    prefix,
    /** Counter: order of match. */
    seq: `${prefix}seq`,
    /** Sorted set: run id → when its next poll is due (ms). */
    due: `${prefix}due`,
    /** Sorted set: channel → when its lane next needs a look (ms). */
    lanes: `${prefix}lanes`,
    /** Hash: which server this Redis is, and what its predecessors may not have handed over. */
    redis: `${prefix}redis`,
    /** Hash: why the whole workspace is held, since when, and how long at least. */
    hold: `${prefix}hold`,
    /** Sorted set: watch id → when a paused watch is tried again (ms). */
    paused: `${prefix}paused`,
    /** Sorted set: watch id → when its filter was changed (ms), until that has been applied to what it knows. */
    refilters: `${prefix}refilters`,
    /** Sorted set: channel → when it is next reminded of what waits for review (ms). */
    reminders: `${prefix}reminders`,
    /** Sorted set: watch id → creation (ms); every watch that is kept. */
    watches: `${prefix}watches`,
    /** Hash: what was last seen of a run, and the cursor of its polls. */
    run: (runId: string) => `${prefix}run:${runId}`,
    /** Hash: candidate id → status and digest, of every candidate that ever matched. */
    known: (runId: string) => `${prefix}run:${runId}:known`,
    /** Hash: candidate id → the candidate as JSON. */
    candidates: (runId: string) => `${prefix}run:${runId}:candidates`,
    /** List: candidate ids in order of match. */
    order: (runId: string) => `${prefix}run:${runId}:order`,
    /** Hash: a watch. */
    watch: (watchId: string) => `${prefix}watch:${watchId}`,
    /** Sorted set: entry id → seq, all messages of a watch. */
    watchEntries: (watchId: string) => `${prefix}watch:${watchId}:entries`,
    /** Hash: candidate id → its review as JSON. */
    watchReviews: (watchId: string) => `${prefix}watch:${watchId}:reviews`,
    /** Hash: `<user>:<candidate id>` → that person's note as JSON. */
    watchNotes: (watchId: string) => `${prefix}watch:${watchId}:notes`,
    /** Set: candidate ids that a filter holds back. */
    watchHeld: (watchId: string) => `${prefix}watch:${watchId}:held`,
    /** Hash: entity → what this channel decided about it, newest first, as JSON. */
    channelMemory: (channel: string) => `${prefix}channel:${channel}:memory`,
    /** Hash: what this channel has set. */
    channelSettings: (channel: string) => `${prefix}channel:${channel}:settings`,
    /** Marker: this person is in the channel, as Slack said a short while ago. */
    member: (channel: string, user: string) => `${prefix}member:${channel}:${user}`,
    /** The channels that a person is in, as Slack said a short while ago, as JSON. */
    personChannels: (user: string) => `${prefix}person:${user}:channels`,
    /** Marker: this person has been told what the app is, or has used it. */
    met: (user: string) => `${prefix}person:${user}:met`,
    /** Sorted set: person → when the Home tab they opened is looked at again (ms). */
    homes: `${prefix}homes`,
    /** Hash: what a person's Home tab shows, and when they opened it. */
    home: (user: string) => `${prefix}person:${user}:home`,
    /** Sorted set: id of a workflow step that waits for us → when it is looked at again (ms). */
    executions: `${prefix}executions`,
    /** Hash: a workflow step that waits for us. */
    execution: (id: string) => `${prefix}execution:${id}`,
    /** Set: watch ids of a channel. */
    channelWatches: (channel: string) => `${prefix}channel:${channel}:watches`,
    /** Hash: an outbox entry. */
    entry: (entryId: string) => `${prefix}entry:${entryId}`,
    /** Sorted set: entry id → class and seq; what a channel has to send. */
    lane: (channel: string) => `${prefix}lane:${channel}`,
    /** Marker: a command delivery that was already taken. */
    once: (key: string) => `${prefix}once:${key}`,
    /** When a channel was last said to take messages again (ms). */
    opened: (channel: string) => `${prefix}opened:${channel}`,
  } as const;
}

export type Keys = ReturnType<typeof keysOf>;
