import { fieldsOf } from "./ask.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";
import type { PortLook } from "./listener.ts";

const SUBJECT = "port";
const SERVICE = "service";

/** What to say of the port, and of the service when it is there. */
export function portFindings(port: number, look: PortLook): readonly Finding[] {
  switch (look.kind) {
    case "free":
      return [ok(SUBJECT, `${port} is free: the service does not run here yet`)];
    case "stranger":
      return [taken(port)];
    case "refused":
      if (look.code === "EADDRINUSE") return [taken(port)];
      return [
        fail(SUBJECT, `the service may not listen on ${port} (${look.code})`, "set PORT to a free one above 1023"),
      ];
    case "service":
      return [ok(SUBJECT, `the service runs here: ${port} answers /livez and /readyz`), ...readyFindings(look.ready)];
  }
}

/** Zero is for tests: the system picks a port, another one at every start. */
export function anyPortFinding(): Finding {
  return warn(SUBJECT, "PORT=0: it is another one at every start", "set PORT, such as 3000, so that it can be found");
}

function taken(port: number): Finding {
  const mend = `end it (ss -ltnp "sport = :${port}" names it), or set another PORT`;
  return fail(SUBJECT, `${port} is taken by something that is not this service`, mend);
}

/** `/readyz` as it is: what makes it not ready has failed, what degrades it is a warning. Its details name the mend. */
function readyFindings(ready: Readonly<Record<string, unknown>>): readonly Finding[] {
  const checks = Object.entries(fieldsOf(ready.checks)).map(([name, check]) => ({ name, ...fieldsOf(check) }));
  const findings = checks.flatMap((check): Finding[] => {
    const { name, status, detail } = check as { name: string; status?: unknown; detail?: unknown };
    if (status === "ok") return [];
    const make = status === "down" ? fail : warn;
    return [make(SERVICE, `/readyz, ${name}: ${String(detail)}`, "as it says; more is in the service's log")];
  });
  return findings.length > 0 ? findings : [ok(SERVICE, "/readyz: everything ok")];
}
