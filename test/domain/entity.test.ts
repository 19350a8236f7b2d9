import { describe, expect, it } from "vitest";
import { entityKeyOf } from "../../src/domain/entity.ts";

describe("the same entity", () => {
  it.each([
    ["https://acme.com", "http://www.acme.com/about?utm_source=x"],
    ["acme.com", "https://careers.acme.com/jobs"],
    ["https://acme.co.uk/", "https://shop.acme.co.uk"],
    ["https://ACME.com", "https://acme.com."],
    ["https://www.linkedin.com/company/acme/", "https://linkedin.com/company/Acme?trk=top"],
    ["https://de.linkedin.com/in/ana-lima", "https://www.linkedin.com/in/ana-lima/"],
    ["https://github.com/acme", "http://github.com/acme/#readme"],
    ["https://acme.github.io/x", "https://acme.github.io/y"],
    ["https://acme.newsuffix/x", "https://www.acme.newsuffix/y"],
  ])("%s and %s", (one, other) => {
    expect(entityKeyOf(one)).not.toBeNull();
    expect(entityKeyOf(one)).toBe(entityKeyOf(other));
  });
});

describe("different entities", () => {
  it.each([
    ["https://acme.com", "https://acme.org"],
    ["https://acme.co.uk", "https://other.co.uk"],
    ["https://linkedin.com/in/ana", "https://linkedin.com/in/ben"],
    ["https://linkedin.com/company/acme", "https://linkedin.com/in/acme"],
    ["https://acme.github.io", "https://other.github.io"],
    ["https://www.crunchbase.com/organization/acme", "https://www.crunchbase.com/organization/acme-2"],
    ["https://www.youtube.com/watch?v=1", "https://www.youtube.com/watch?v=2"],
    ["https://arxiv.org/abs/2401.00001", "https://arxiv.org/abs/2401.00002"],
    ["https://doi.org/10.1000/1", "https://dx.doi.org/10.1000/2"],
    ["https://pubmed.ncbi.nlm.nih.gov/1/", "https://pubmed.ncbi.nlm.nih.gov/2/"],
    ["https://clinicaltrials.gov/study/NCT01", "https://clinicaltrials.gov/study/NCT02"],
    ["https://www.ycombinator.com/companies/acme", "https://www.ycombinator.com/companies/other"],
    ["https://lnkd.in/abc", "https://lnkd.in/abd"],
    ["https://youtu.be/abc", "https://youtu.be/abd"],
  ])("%s and %s", (one, other) => {
    expect(entityKeyOf(one)).not.toBeNull();
    expect(entityKeyOf(one)).not.toBe(entityKeyOf(other));
  });
});

describe("no entity at all", () => {
  it.each([
    "",
    "   ",
    "Acme Inc",
    "n/a",
    "unknown",
    "https://",
    "javascript:alert(1)",
    "mailto:ana@acme.com",
    "http://127.0.0.1/x",
    "http://[::1]/",
    "http://localhost:3000",
    "https://com",
    "https://co.uk",
    "https://www.linkedin.com/",
    "https://github.com",
    `https://acme.com/${"x".repeat(3000)}`,
    "https://%",
  ])("%s", (url) => {
    expect(entityKeyOf(url)).toBeNull();
  });
});
