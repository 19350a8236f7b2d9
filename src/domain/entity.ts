import { parse } from "tldts";

/**
 * Sites on which every page is somebody else: there the address names the entity, not the domain. Hosts under a public
 * suffix of their own (`acme.github.io`, `acme.myshopify.com`) need no entry: the suffix list knows them.
 */
const SHARED_SITES: ReadonlySet<string> = new Set([
  "about.me",
  "airbnb.com",
  "amazon.com",
  "angel.co",
  "apple.com",
  "arxiv.org",
  "behance.net",
  "biorxiv.org",
  "bit.ly",
  "bloomberg.com",
  "booking.com",
  "bsky.app",
  "clinicaltrials.gov",
  "crunchbase.com",
  "discord.gg",
  "doi.org",
  "dribbble.com",
  "ebay.com",
  "etsy.com",
  "eventbrite.com",
  "f6s.com",
  "facebook.com",
  "fb.com",
  "figshare.com",
  "forms.gle",
  "g2.com",
  "github.com",
  "gitlab.com",
  "glassdoor.com",
  "goo.gl",
  "goodreads.com",
  "google.com",
  "huggingface.co",
  "ieee.org",
  "imdb.com",
  "indeed.com",
  "instagram.com",
  "kaggle.com",
  "linkedin.com",
  "linktr.ee",
  "lnkd.in",
  "lu.ma",
  "medium.com",
  "medrxiv.org",
  "meetup.com",
  "nature.com",
  "nih.gov",
  "npmjs.com",
  "openalex.org",
  "orcid.org",
  "pinterest.com",
  "pitchbook.com",
  "producthunt.com",
  "pypi.org",
  "quora.com",
  "reddit.com",
  "researchgate.net",
  "sciencedirect.com",
  "sec.gov",
  "semanticscholar.org",
  "soundcloud.com",
  "spotify.com",
  "springer.com",
  "ssrn.com",
  "stackoverflow.com",
  "steampowered.com",
  "substack.com",
  "t.me",
  "threads.net",
  "tiktok.com",
  "tinyurl.com",
  "tracxn.com",
  "tripadvisor.com",
  "trustpilot.com",
  "twitch.tv",
  "twitter.com",
  "upwork.com",
  "vimeo.com",
  "wellfound.com",
  "wikidata.org",
  "wikipedia.org",
  "x.com",
  "xing.com",
  "ycombinator.com",
  "yelp.com",
  "youtu.be",
  "youtube.com",
  "zenodo.org",
  "zillow.com",
  "zoominfo.com",
]);

/** Query parameters that say where a visitor came from, not which page it is. */
const TRACKING = /^(utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|ref|ref_src|source|trk)$/i;
const LONGEST = 300;

/**
 * What makes two candidates of different runs the same entity: the registrable domain of their address, or, on a site
 * that many share, the address itself without what does not name a page. Null when the address names nothing; a name
 * alone never makes two candidates the same.
 */
export function entityKeyOf(url: string): string | null {
  const text = url.trim();
  if (text === "" || text.length > 2_000) return null;
  const address = /^https?:\/\//i.test(text)
    ? text
    : /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text)
      ? null
      : `https://${text}`;
  if (address === null || !URL.canParse(address)) return null;
  const parsed = new URL(address);
  // A suffix that the list does not know yet counts as one: new ones come faster than lists.
  const { domain, isIp } = parse(parsed.hostname, { allowPrivateDomains: true });
  if (!domain || isIp) return null;
  if (!SHARED_SITES.has(domain)) return `domain:${domain}`;
  const page = pageOf(parsed, domain);
  return page === null || page.length > LONGEST ? null : `page:${page}`;
}

/** The page within a shared site; null for the site's own front page, which names none of its entities. */
function pageOf(url: URL, domain: string): string | null {
  const host = url.hostname.replace(/^(?:www|m|mobile|[a-z]{2})\./, "");
  const path = decoded(url.pathname).replace(/\/+/g, "/").replace(/\/$/, "");
  const kept = [...url.searchParams].filter(([name]) => !TRACKING.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  const query = kept.map(([name, value]) => `${name}=${value}`).join("&");
  if (path === "" && query === "" && host === domain) return null;
  // These sites take a path in any case; two that differ in nothing else are one.
  return `${host}${path.toLowerCase()}${query === "" ? "" : `?${query}`}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
