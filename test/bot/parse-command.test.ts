import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "../../src/bot/command.ts";
import { parseCommand } from "../../src/bot/parse-command.ts";
import type { Overrides } from "../../src/domain/settings.ts";
import type { ExportFilter } from "../../src/steps/review-results.ts";

const ID = "findall_40e0ab8c10754be0b7a16477abb38a2f";
const API = "https://api.parallel.ai/v1beta/findall/runs";
const watch = (id = ID, overrides?: Overrides): Command => ({ kind: "watch", id, ...(overrides && { overrides }) });
const list = (page = 1, all = false): Command => ({ kind: "list", all, page });
const mute = (minutes: number | null, id = ID): Command => ({ kind: "mute", id, forMs: minutes && minutes * 60_000 });
const badTime = (word: string, suggestion: string): Command => ({ kind: "bad_duration", word, suggestion });
const badWord = (kind: string, typed: string, suggestion: string | null) => ({
  kind: "bad_override",
  trouble: { kind, typed },
  suggestion,
});
const status = (id = ID): Command => ({ kind: "status", id });
const stop = (id = ID): Command => ({ kind: "stop", id });
const unknown = (word: string, suggestion: string | null): Command => ({ kind: "unknown", word, suggestion });
const review = (id = ID): Command => ({ kind: "review", id });
const exported = (format: "csv" | "json" = "csv", filter: ExportFilter = "all", id = ID): Command => ({
  kind: "export",
  id,
  format,
  filter,
});
const option = (word: string, suggestion: string | null) => ({ kind: "bad_option", word, suggestion });
const fold = (on: boolean | null): Command => ({ kind: "fold", fold: on });
const bad = (command: "watch" | "status" | "stop" | "export" | "mute", reason: string, ids: string[] = []) => ({
  kind: "bad_id",
  command,
  reason,
  ids,
});

const TABLE: readonly (readonly [title: string, text: string, expected: object])[] = [
  ["nothing", "", { kind: "help" }],
  ["blanks", "  \u00a0 ", { kind: "help" }],
  ["punctuation alone", "???", { kind: "help" }],
  ["help", "help", { kind: "help" }],
  ["help in capitals, with more behind", "HELP status", { kind: "help" }],
  ["help as a flag", "--help", { kind: "help" }],
  ["list", "list", list()],
  ["list with noise", " List! ", list()],
  ["list in back-ticks", "`list`", list()],

  ["a plain id", ID, watch()],
  ["an id of another shape", "run_demo", watch("run_demo")],
  ["an id that is a word", "foo", watch("foo")],
  ["an id with a dash first", "-x9", watch("-x9")],
  ["blanks around", `  ${ID}\u00a0`, watch()],
  ["zero-width space behind", `${ID}\u200b`, watch()],
  ["byte order mark before, direction mark inside", `\ufefffindall_\u200e1`, watch("findall_1")],
  ["a non-breaking hyphen", "run\u20111", watch("run-1")],
  ["back-ticks", `\`${ID}\``, watch()],
  ["three back-ticks", `\`\`\`${ID}\`\`\``, watch()],
  ["double quotes", `"${ID}"`, watch()],
  ["typographic quotes", `“${ID}”`, watch()],
  ["German quotes", `„${ID}“`, watch()],
  ["French quotes with spaces", `« ${ID} »`, watch()],
  ["angle brackets", `<${ID}>`, watch()],
  ["escaped angle brackets", `&lt;${ID}&gt;`, watch()],
  ["a trailing full stop", `${ID}.`, watch()],
  ["a trailing comma", `${ID},`, watch()],
  ["brackets and punctuation", `(${ID})!`, watch()],
  ["the command typed twice", `/findall ${ID}`, watch()],
  ["a JSON field", `"findall_id": "${ID}",`, watch()],
  ["a pasted answer", `{"findall_id":"${ID}","status":{"status":"queued"},"generator":"core"}`, watch()],
  ["a query parameter alone", `run_id=${ID}`, watch()],

  ["an API address", `${API}/${ID}`, watch()],
  ["an API address of the result", `${API}/${ID}/result`, watch()],
  ["an API address with a query", `${API}/${ID}/events?last_event_id=5&timeout=2`, watch()],
  ["an id of another shape in an address", `${API}/run_demo/result`, watch("run_demo")],
  ["a Slack link", `<${API}/${ID}/result>`, watch()],
  ["a Slack link with a label", `<${API}/${ID}|api.parallel.ai/v1beta/…>`, watch()],
  ["an address with a full stop", `${API}/${ID}.`, watch()],
  ["an address in quotes", `'${API}/${ID}'`, watch()],
  ["a Markdown link", `[my run](${API}/${ID})`, watch()],
  ["an address without a scheme", `api.parallel.ai/v1beta/findall/runs/${ID}`, watch()],
  ["a page of the web app", `https://platform.parallel.ai/findall/${ID}?tab=matches#top`, watch()],
  ["an id in the query", `https://platform.parallel.ai/view?run_id=${ID}`, watch()],
  ["a broken percent sign", `https://x.test/runs/${ID}?q=100%`, watch()],
  [
    "a curl line",
    `curl -X GET "${API}/${ID}/result" -H "x-api-key: sk_live_123" -H "Accept: application/json"`,
    watch(),
  ],
  ["a curl line over several lines", `curl ${API}/${ID} \\\n  -H 'x-api-key: findall_key_1'`, watch()],
  ["the same address twice", `<${API}/${ID}|${API}/${ID}> ${API}/${ID}/result`, watch()],

  ["status", `status ${ID}`, status()],
  ["status in capitals, id in quotes", `STATUS “${ID}”`, status()],
  ["status with an address", `status <${API}/${ID}>`, status()],
  ["stop", `stop ${ID}`, stop()],
  ["stop with a colon", `stop: ${ID}`, stop()],
  ["stop in a sentence", `stop watching ${ID} please`, stop()],
  ["the id before the command", `${ID} stop`, stop()],
  ["watch by name", `watch ${ID}`, watch()],
  ["a run with a command's name", "watch status", watch("status")],
  ["a run with a word near a command", "status spot", status("spot")],

  ["status without id", "status", { kind: "missing_id", command: "status" }],
  ["stop without id", "Stop.", { kind: "missing_id", command: "stop" }],
  ["watch without id", "watch <>", { kind: "missing_id", command: "watch" }],

  ["a typo", "lst", unknown("lst", "list")],
  ["swapped letters", "hlep", unknown("hlep", "help")],
  ["a typo of a command with an id", "stpo", unknown("stpo", "stop <run id>")],
  ["a typo before an id", `statsu ${ID}`, unknown("statsu", `status ${ID}`)],
  ["a typo before an address", `sotp ${API}/${ID}`, unknown("sotp", `stop ${ID}`)],
  ["another tool's word", `cancel ${ID}`, unknown("cancel", `stop ${ID}`)],
  ["another tool's word alone", "runs", unknown("runs", "list")],
  ["a word nobody knows before an id", `frobnicate ${ID}`, unknown("frobnicate", ID)],
  ["a word nobody knows behind an id", `${ID} please`, unknown("please", ID)],
  ["a sentence", "good morning everyone", unknown("good", null)],
  ["another script", "привет", unknown("привет", null)],

  ["review", `review ${ID}`, review()],
  ["review with an address", `Review <${API}/${ID}/result>`, review()],
  ["the id before review", `${ID} review`, review()],
  ["review without id", "review", { kind: "missing_id", command: "review" }],
  ["a typo of review", `reveiw ${ID}`, unknown("reveiw", `review ${ID}`)],
  ["another word for review", "queue", unknown("queue", "review <run id>")],

  ["export", `export ${ID}`, exported()],
  ["export as JSON", `export ${ID} json`, exported("json")],
  ["export of some", `export ${ID} accepted`, exported("csv", "accepted")],
  ["export, options first", `export JSON rejected ${ID}`, exported("json", "rejected")],
  ["export, options around the id", `export maybe \`${ID}\` csv`, exported("csv", "maybe")],
  ["export, said in a sentence", `export the accepted ones of ${ID} as json, please`, exported("json", "accepted")],
  ["export of what is to review", `export ${ID} to review`, exported("csv", "unreviewed")],
  ["export of what is to review, as one word", `export ${ID} to-review`, exported("csv", "unreviewed")],
  ["export of what is to do", `export todo ${ID}`, exported("csv", "unreviewed")],
  ["export of what was not reviewed", `export ${ID} not yet reviewed`, exported("csv", "unreviewed")],
  ["export for a spreadsheet", `export ${ID} excel all`, exported()],
  ["export with an address", `export <${API}/${ID}/result?x=all> json`, exported("json")],
  ["export with a field", `export run_id=json rejected`, exported("csv", "rejected", "json")],
  ["export of a run with a plain name", "export spot", exported("csv", "all", "spot")],
  ["the id before export", `${ID} export json`, exported("json")],
  ["export without id", "export", { kind: "missing_id", command: "export" }],
  ["export of options alone", "export csv all", { kind: "missing_id", command: "export" }],
  ["export of two runs", "export findall_1 findall_2 csv", bad("export", "several", ["findall_1", "findall_2"])],
  ["export of an address without id", "export https://example.com/ csv", bad("export", "no_id_in_link")],
  ["export of something odd", "export <@U123>", bad("export", "not_an_id")],
  ["a typo in an option", `export ${ID} acepted`, option("acepted", `export ${ID} accepted`)],
  ["a typo in an option, another kept", `export ${ID} jsno rejected`, option("jsno", `export ${ID} json rejected`)],
  ["a typo in an option without id", "export acepted", option("acepted", "export <run id> accepted")],
  ["an option nobody knows", `export ${ID} sideways`, option("sideways", null)],
  ["a typo of export, with options", `exprot ${ID} json`, unknown("exprot", `export ${ID} json`)],
  ["a typo of export", "exprt", unknown("exprt", "export <run id>")],
  ["another word for export", `download ${ID}`, unknown("download", `export ${ID}`)],

  ["list with a page", "list 2", list(2)],
  ["list of all", "list all", list(1, true)],
  ["list of all with a page", "List everywhere, page 3", list(3, true)],
  ["list of a run", `list ${ID}`, unknown(ID, `status ${ID}`)],
  ["all alone", "all", unknown("all", "list all")],
  ["settings", " `Settings` ", { kind: "settings" }],
  ["a typo of settings", "setings", unknown("setings", "settings")],
  ["another word for settings", "quiet", unknown("quiet", "settings")],

  ["pause", `pause ${ID}`, { kind: "pause", id: ID }],
  ["the id before pause", `${ID} pause`, { kind: "pause", id: ID }],
  ["pause without id", "pause", { kind: "missing_id", command: "pause" }],
  ["pause for a time", `pause ${ID} 2h`, unknown("2h", `mute ${ID} 2h`)],
  ["a typo of pause", `puase ${ID}`, unknown("puase", `pause ${ID}`)],
  ["resume", `resume <${API}/${ID}>`, { kind: "resume", id: ID }],
  ["another word for resume", `unmute ${ID}`, unknown("unmute", `resume ${ID}`)],
  ["mute", `mute ${ID}`, mute(null)],
  ["mute until the end", `mute ${ID} until the end, please`, mute(null)],
  ["mute for a time", `mute ${ID} 2h`, mute(120)],
  ["mute for a time, said otherwise", `mute for half an hour ${ID}.`, mute(30)],
  ["mute with an address", `mute <${API}/${ID}/result> 1d`, mute(24 * 60)],
  ["the id before mute", `${ID} mute 30m`, mute(30)],
  ["mute of a run with a plain name", "mute spot 1h", mute(60, "spot")],
  ["mute without id", "mute 2h", { kind: "missing_id", command: "mute" }],
  ["mute of two runs", "mute findall_1 findall_2", bad("mute", "several", ["findall_1", "findall_2"])],
  ["mute without a unit", `mute ${ID} 30`, badTime("30", `mute ${ID} 30m`)],
  ["mute for a word", `mute ${ID} tomorrow`, badTime("tomorrow", `mute ${ID} 2h`)],
  ["mute for too long", `mute ${ID} 99 weeks`, badTime("99 weeks", `mute ${ID} 2h`)],
  ["mute for too short", `mute ${ID} 5s`, badTime("5s", `mute ${ID} 2h`)],
  ["another word for mute", `snooze ${ID} 2h`, unknown("snooze", `mute ${ID} 2h`)],

  [
    "words for a watch",
    `${ID} digest 30m confidence&gt;=high`,
    watch(ID, { arrives: "digest-30", minConfidence: "high" }),
  ],
  ["words around the id", `mention off ${ID} end`, watch(ID, { arrives: "end", mention: false })],
  ["words and an address", `only the end <${API}/${ID}/result|x>`, watch(ID, { arrives: "end" })],
  ["words behind watch", `watch spot -domain:<http://a.com|a.com>`, watch("spot", { excludedDomains: ["a.com"] })],
  ["words in a sentence", `${ID} with a digest every 15 minutes, please`, watch(ID, { arrives: "digest-15" })],
  ["the words for none", `${ID} default`, watch(ID, {})],
  ["words without id", "only the end", { kind: "missing_id", command: "watch", overrides: { arrives: "end" } }],
  ["words with two ids", "findall_1 findall_2 end", bad("watch", "several", ["findall_1", "findall_2"])],
  ["words of prose", "what comes at the end", unknown("what", null)],
  ["a digest of another length", `${ID} digest 20m`, badWord("digest", "20m", `${ID} digest 15m`)],
  [
    "a wrong word beside a right one",
    `${ID} end confidence>=hihg`,
    badWord("confidence", "hihg", `${ID} end confidence>=high`),
  ],
  ["a wrong word without id", "digest 20m", badWord("digest", "20m", "<run id> digest 15m")],
  ["a typo in a word", `${ID} digset 30m`, badWord("word", "digset", `${ID} digest 30m`)],
  ["a typo beside a right word", `${ID} end mentoin off`, badWord("word", "mentoin", `${ID} end mention off`)],
  ["a word that is none beside a right one", `${ID} end quickly`, badWord("word", "quickly", `${ID} end`)],
  ["a time alone beside the id", `${ID} 30m`, badWord("word", "30m", `${ID} digest 30m`)],
  ["a typo before an id and a word", `statsu ${ID} end`, unknown("statsu", `status ${ID}`)],

  ["a run and a time of day", "mute run_a until 5pm", badTime("5pm", "mute run_a 2h")],
  ["hours and minutes without their unit", "mute run_a 2h30", mute(150, "run_a")],
  ["hours and minutes", "mute run_a 1h30m", mute(90, "run_a")],
  ["a time in quotes", "mute run_a “2h”", mute(120, "run_a")],
  [
    "a time for a run without such a name",
    "mute 40e0ab8c10754be0b7a1 5pm",
    badTime("5pm", "mute 40e0ab8c10754be0b7a1 2h"),
  ],
  ["a resume later", "resume run_a in 2h", unknown("2h", "mute run_a 2h")],
  ["a resume at a time of day", "resume run_a at 5pm", badTime("5pm", "mute run_a 2h")],
  ["a resume on another day", "resume run_a tomorrow", badTime("tomorrow", "mute run_a 2h")],
  ["a pause until another day", "pause run_a until Monday", badTime("Monday", "mute run_a 2h")],
  ["a pause without a unit", "pause run_a 30", badTime("30", "mute run_a 30m")],
  ["a number behind stop", "stop run_a 12", unknown("12", "stop run_a")],
  ["a time before the run", "5pm run_a", unknown("5pm", "run_a")],
  ["quiet for a run", "quiet run_a", unknown("quiet", "mute run_a")],
  ["a number behind a status", "status run_a 2", unknown("2", "status run_a")],
  ["a number behind a run", "run_a 22-7", unknown("22-7", "run_a")],
  ["a number behind watch", "watch run_a 22-7", badWord("word", "22-7", "run_a")],
  ["a number behind an export", "export run_a 10", option("10", null)],
  ["two runs that are numbers", "stop 12 34", bad("stop", "several", ["12", "34"])],
  ["a confidence in percent", "run_a confidence 80%", badWord("confidence", "80%", "run_a confidence>=high")],
  ["a confidence as a number", "run_a confidence=0.8", badWord("confidence", "0.8", "run_a confidence>=high")],
  ["quiet hours for a run", "run_a quiet 22-7", badWord("channel", "quiet 22-7", null)],
  ["quiet hours beside a word for a run", "run_a end quiet 22-7", badWord("channel", "quiet 22-7", "run_a end")],
  ["words in quotes", "run_a “digest 30m”", watch("run_a", { arrives: "digest-30" })],
  ["all of it in quotes", "“run_a digest 30m”", watch("run_a", { arrives: "digest-30" })],
  ["a domain said otherwise", "run_a exclude a.com", badWord("domain", "exclude a.com", "run_a -domain:a.com")],
  ["a domain without which", "run_a without a.com", badWord("domain", "without a.com", "run_a -domain:a.com")],
  ["a reset", "run_a reset", badWord("word", "reset", "run_a default")],
  ["default beside another word", "run_a default digest 30m", badWord("default", "digest 30m", "run_a default")],
  ["two typos in words", "run_a digset 30m mentoin off", badWord("word", "digset", "run_a digest 30m mention off")],
  ["a pasted answer without its bracket", `"findall_id":"${ID}","status":"end"`, watch()],
  ["unsubscribe", "unsubscribe run_a", unknown("unsubscribe", "stop run_a")],
  ["subscribe", "subscribe run_a", unknown("subscribe", "watch run_a")],
  ["notify", "notify run_a", unknown("notify", "watch run_a")],
  ["another word for stop behind the id", "run_a unsubscribe", unknown("unsubscribe", "stop run_a")],
  ["a command behind the id, politely", "run_a stop please", stop("run_a")],
  ["a command behind the id, in talk", "run_a stop making noise", unknown("stop", "stop run_a")],
  ["a pause for a time behind the id", "run_a pause 2h", unknown("2h", "mute run_a 2h")],

  ["settings with words", "settings digest 30m", { kind: "settings", words: "digest 30m" }],
  ["settings, politely", "settings, please", { kind: "settings" }],
  ["list with a word", "list foo", unknown("foo", "list")],
  ["list of the running ones", "list running 2", unknown("running", "list 2")],
  ["list with a typo of all", "list everthing", unknown("everthing", "list all")],
  ["list in a sentence", "list the runs of this channel, please", list()],
  ["list as one word", "listall", list(1, true)],
  ["list with a dash", "list-all 2", list(2, true)],
  ["list far behind the end", "list 99999", list(9_999)],
  ["list before the beginning", "list -1", list()],
  ["pause of all", "pause all", { kind: "missing_id", command: "pause", all: true }],
  ["stop of everything", "Stop everything, please", { kind: "missing_id", command: "stop", all: true }],
  ["mute of all runs", "mute all runs 2h", { kind: "missing_id", command: "mute", all: true }],
  ["export for a spreadsheet of old", "export run_a xls", exported("csv", "all", "run_a")],

  ["fold on", "fold on", fold(true)],
  ["fold off", "Fold OFF!", fold(false)],
  ["fold alone", "fold", fold(null)],
  ["fold with something else", "fold everything", fold(null)],
  ["a typo of fold", "fould on", unknown("fould", "fold")],
  ["unfold", "unfold", unknown("unfold", "fold off")],
  ["an id two letters from fold", "foot", watch("foot")],

  ["two ids", `${ID} findall_2`, bad("watch", "several", [ID, "findall_2"])],
  ["two ids with a comma", "findall_1,findall_2", bad("watch", "several", ["findall_1", "findall_2"])],
  ["two ids for stop", "stop findall_1 and findall_2", bad("stop", "several", ["findall_1", "findall_2"])],
  ["two addresses", `${API}/a1 ${API}/b2`, bad("watch", "several", ["a1", "b2"])],
  ["an address and an id", `${API}/a1 findall_2`, bad("watch", "several", ["a1", "findall_2"])],
  ["an address of all runs", API, bad("watch", "no_id_in_link")],
  ["an address of something else", "status https://example.com/", bad("status", "no_id_in_link")],
  ["an id that is too long", "x1".repeat(65), bad("watch", "too_long")],
  ["a mention", "status <@U123>", bad("status", "not_an_id")],
  ["a mention alone", "@ann", unknown("@ann", null)],
  ["an e-mail address", "status ann@example.com", bad("status", "not_an_id")],
];

describe("parseCommand", () => {
  it.each(TABLE)("reads %s", (_title, text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });

  const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,128}$/);
  const wrap = fc.constantFrom<(id: string) => string>(
    (id) => id,
    (id) => `\`${id}\``,
    (id) => `"${id}"`,
    (id) => `‘${id}’`,
    (id) => `“${id}”,`,
    (id) => `<${id}>`,
    (id) => `\u00a0${id}\u200b`,
    (id) => `(${id}).`,
    (id) => `*${id}*`,
    (id) => `${API}/${id}`,
    (id) => `<${API}/${id}/result?x=1|${id} label>`,
    (id) => `curl -s '${API}/${id}/result' -H 'x-api-key: k_1'`,
    (id) => `https://localhost:8443/v1/findall/runs/${encodeURIComponent(id)}#end`,
  );
  const command = fc.constantFrom("watch", "status", "stop", "STOP", "`status`", "review", "pause", "resume");

  it("gives any id back from any wrapping", () => {
    fc.assert(
      fc.property(command, id, wrap, (word, runId, wrapped) => {
        const parsed = parseCommand(`${word} ${wrapped(runId)}`);
        expect(parsed).toEqual({ kind: word.replaceAll("`", "").toLowerCase(), id: runId });
      }),
      { numRuns: 1_000 },
    );
  });

  it("gives an export's id, format and choice back from any order", () => {
    const words = fc.record({
      format: fc.constantFrom<"csv" | "json">("csv", "json"),
      filter: fc.constantFrom<ExportFilter>("accepted", "rejected", "maybe", "unreviewed", "all"),
      wrapped: wrap,
      order: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
    });
    const numbered = id.map((text) => `findall_${text}`.slice(0, 128));
    fc.assert(
      fc.property(numbered, words, (runId, { format, filter, wrapped, order }) => {
        const parts = [wrapped(runId), format, filter];
        const parsed = parseCommand(`export ${order.map((place) => parts[place]).join(" ")}`);
        expect(parsed).toEqual({ kind: "export", id: runId, format, filter });
      }),
      { numRuns: 1_000 },
    );
  });

  it("never throws, and never gives back an id that is none", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const parsed = parseCommand(text);
        if ("id" in parsed) expect(parsed.id).toMatch(/^[A-Za-z0-9_-]{1,128}$/);
      }),
      { numRuns: 500 },
    );
  });
});
