import { attributes, type Html, html } from "./html.ts";

/**
 * Slack's names of the emoji that the product and its people use. The one place that knows them: a data package would
 * stand behind `emojiOf` and nowhere else.
 */
const EMOJI: Readonly<Record<string, string>> = {
  "+1": "👍",
  "-1": "👎",
  100: "💯",
  alarm_clock: "⏰",
  arrow_down: "⬇️",
  arrow_left: "⬅️",
  arrow_right: "➡️",
  arrow_up: "⬆️",
  arrows_counterclockwise: "🔄",
  ballot_box_with_check: "☑️",
  bar_chart: "📊",
  bell: "🔔",
  black_circle: "⚫",
  blue_heart: "💙",
  blush: "😊",
  boom: "💥",
  bug: "🐛",
  bulb: "💡",
  calendar: "📆",
  chart_with_upwards_trend: "📈",
  checkered_flag: "🏁",
  clap: "👏",
  clipboard: "📋",
  clock3: "🕒",
  clock4: "🕓",
  confetti_ball: "🎊",
  construction: "🚧",
  cry: "😢",
  date: "📅",
  dart: "🎯",
  double_vertical_bar: "⏸️",
  email: "✉️",
  exclamation: "❗",
  eyes: "👀",
  file_folder: "📁",
  fire: "🔥",
  gear: "⚙️",
  globe_with_meridians: "🌐",
  grey_question: "❔",
  grin: "😁",
  hammer_and_wrench: "🛠️",
  hand: "✋",
  heart: "❤️",
  heavy_check_mark: "✔️",
  heavy_multiplication_x: "✖️",
  heavy_plus_sign: "➕",
  hourglass: "⌛",
  hourglass_flowing_sand: "⏳",
  inbox_tray: "📥",
  information_source: "ℹ️",
  joy: "😂",
  key: "🔑",
  label: "🏷️",
  large_blue_circle: "🔵",
  large_green_circle: "🟢",
  large_orange_circle: "🟠",
  large_purple_circle: "🟣",
  large_yellow_circle: "🟡",
  leftwards_arrow_with_hook: "↩️",
  link: "🔗",
  lock: "🔒",
  mag: "🔍",
  mag_right: "🔎",
  mega: "📣",
  memo: "📝",
  money_with_wings: "💸",
  moneybag: "💰",
  no_bell: "🔕",
  no_entry: "⛔",
  no_entry_sign: "🚫",
  octagonal_sign: "🛑",
  ok: "🆗",
  ok_hand: "👌",
  outbox_tray: "📤",
  package: "📦",
  page_facing_up: "📄",
  paperclip: "📎",
  partying_face: "🥳",
  pencil: "📝",
  pencil2: "✏️",
  point_down: "👇",
  point_right: "👉",
  pray: "🙏",
  pushpin: "📌",
  question: "❓",
  raised_hand: "✋",
  raised_hands: "🙌",
  recycle: "♻️",
  red_circle: "🔴",
  repeat: "🔁",
  robot_face: "🤖",
  rocket: "🚀",
  rotating_light: "🚨",
  satellite_antenna: "📡",
  shrug: "🤷",
  slightly_smiling_face: "🙂",
  smile: "😄",
  smiley: "😃",
  sob: "😭",
  sparkles: "✨",
  speech_balloon: "💬",
  star: "⭐",
  stopwatch: "⏱️",
  sweat_smile: "😅",
  tada: "🎉",
  thinking_face: "🤔",
  thumbsdown: "👎",
  thumbsup: "👍",
  timer_clock: "⏲️",
  trophy: "🏆",
  twisted_rightwards_arrows: "🔀",
  wastebasket: "🗑️",
  warning: "⚠️",
  wave: "👋",
  white_check_mark: "✅",
  white_circle: "⚪",
  wrench: "🔧",
  x: "❌",
  zap: "⚡",
  zzz: "💤",
};

const SHORTCODE = /:([a-z0-9_+'-]{1,100}):(?::skin-tone-([2-6]):)?/g;

/** The characters of an emoji by its Slack name; undefined for a custom one and for one that is not known here. */
export function emojiOf(name: string, skinTone?: number): string | undefined {
  const found = Object.hasOwn(EMOJI, name) ? EMOJI[name] : undefined;
  if (found === undefined || skinTone === undefined || skinTone < 2 || skinTone > 6) return found;
  return found.replace("\ufe0f", "") + String.fromCodePoint(0x1f3f9 + skinTone);
}

/** An emoji to look at; one that is not known here shows its name, as Slack does. */
export function emojiHtml(name: string, characters: string | undefined): Html {
  const title = `:${name}:`;
  if (characters === undefined) return html`${title}`;
  return html`<span${attributes({ class: "b-emoji", role: "img", "aria-label": name, title })}>${characters}</span>`;
}

/** A text with its shortcodes turned into characters, for places that take no markup. */
export function withEmoji(text: string): string {
  return text.replace(SHORTCODE, (code, name: string, tone?: string) => emojiOf(name, toneOf(tone)) ?? code);
}

/** A text cut at its shortcodes; those that are not known here stay text. */
export function cutAtEmoji(text: string): readonly (string | Html)[] {
  const parts: (string | Html)[] = [];
  let end = 0;
  for (const match of text.matchAll(SHORTCODE)) {
    const characters = emojiOf(match[1] ?? "", toneOf(match[2]));
    if (characters === undefined) continue;
    parts.push(text.slice(end, match.index), emojiHtml(match[1] ?? "", characters));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

function toneOf(tone: string | undefined): number | undefined {
  return tone === undefined ? undefined : Number(tone);
}
