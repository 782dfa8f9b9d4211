/** The client of Nexus: `openapi-fetch` over the types of the OpenAPI document, with sign-in and problems as errors. */
import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { components, paths } from "./generated";

export type { components, operations, paths } from "./generated";

/** A schema of the document by its name: `Schema<"CrmLead">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** A refusal (RFC 9457): its status, the reason, and the fields with the rule that each breaks. */
export class Problem extends Error {
  readonly status: number;
  readonly errors: { field: string; rule: string; message: string }[];

  constructor(status: number, body: { detail?: string; errors?: Problem["errors"] }) {
    super(body.detail ?? `the server answers ${status}`);
    this.name = "Problem";
    this.status = status;
    this.errors = body.errors ?? [];
  }
}

export interface Nexus extends Client<paths> {
  /** The run of the last change, which `POST /undo` takes back. */
  readonly run: string | null;
}

export interface Options {
  /** The server's address, such as `https://nexus.example`. */
  server: string;
  /** A session's token, or an API key. */
  token?: string;
  /** The company to work in; the user's own when left out. */
  company?: string;
}

/** A client whose calls throw a `Problem` where they are refused. */
export function connect({ server, token, company }: Options): Nexus {
  let run: string | null = null;
  const client = createClient<paths>({
    baseUrl: `${server.replace(/\/$/, "")}/api/v1`,
    headers: { Authorization: token && `Bearer ${token}`, "Nexus-Company": company },
  });
  const middleware: Middleware = {
    async onResponse({ response }) {
      if (!response.ok) throw new Problem(response.status, await response.json().catch(() => ({})));
      run = response.headers.get("Nexus-Run") ?? run;
    },
  };
  client.use(middleware);
  return Object.defineProperty(client, "run", { get: () => run }) as Nexus;
}

/** A client for a user. */
export async function signIn(server: string, email: string, password: string): Promise<Nexus> {
  const { data } = await connect({ server }).POST("/session", { body: { email, password } });
  return connect({ server, token: data?.token });
}
