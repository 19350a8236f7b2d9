/**
 * Our own finished mrkdwn for where Slack shows nothing but plain text, such as below a field of a form: no marks, no
 * escapes, links by their labels.
 */
export function bareText(mrkdwn: string): string {
  return mrkdwn
    .replace(/<@[^>]*>/g, "and the name of this app")
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, "$1")
    .replace(/<[^|>]*\|([^>]*)>/g, "$1")
    .replace(/<#[^>]*>/g, "the channel")
    .replace(/[`*]/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}
