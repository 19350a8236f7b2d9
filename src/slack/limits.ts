/**
 * Slack's limits (slack-platform 2.1 to 2.4), and our own tighter ones. Lengths in characters, as Slack counts them.
 */
export const LIMITS = {
  /** Blocks in one message; above it Slack answers `invalid_blocks`. */
  blocks: 50,
  /** Text of a section. */
  sectionText: 3000,
  /** Fields of a section, and the text of one field. */
  fields: 10,
  fieldText: 2000,
  /** A header is plain text. */
  headerText: 150,
  contextElements: 10,
  contextText: 3000,
  /** Elements of an actions block. */
  actions: 25,
  /** Text and accessibility label of a button. */
  buttonText: 75,
  buttonValue: 2000,
  buttonUrl: 3000,
  /** `block_id` and `action_id`. */
  id: 255,
  /** `text` of chat.update; chat.postMessage would take 40,000, but every message may be edited later. */
  messageText: 4000,
  /** Longest link that we build. Slack takes 3,000 in buttons; nobody can judge a longer one anyway. */
  url: 2000,
} as const;

/** What we allow ourselves inside Slack's limits, so that a miscount by a few characters does no harm. */
export const BUDGET = {
  /** Top-level text. */
  text: 3900,
  /**
   * All blocks of a message as JSON. Slack refuses at about 13,200 (`msg_blocks_too_long`, undocumented, slack-platform
   * 1.3); how it counts is not known, so we count the JSON and stay well below.
   */
  blocksJson: 11_000,
  /**
   * What the review controls of a candidate on a page take of `blocksJson`: a row of buttons (revisions of up to four
   * digits), or one button on a compact page. The decision is part of the candidate's text, so that who decides shortens
   * the evidence of that candidate, and of no other.
   */
  controlsJson: 490,
  compactControlsJson: 170,
  /** Candidates on a page. */
  pageItems: 10,
  compactPageItems: 20,
} as const;
