/** The one door to the server: JSON over fetch, CSRF, problems as errors, the run of every change. */

import type { paths } from "../../../clients/typescript/src/generated";
import { t } from "../messages/t";
import { workingCompany } from "./company";
import type { FieldError, Json, ProblemBody, Told } from "./types";

const BASE = "/api/v1";
/** The status of what the server has put down for somebody to approve. */
const WAITS = 202;

/** An `application/problem+json` reply, or a failure to reach the server (status 0). */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly errors: FieldError[];

  /** `body` is what came: a proxy on the way may have answered with less. */
  constructor(status: number, body: Partial<ProblemBody>) {
    const conflicts = body.conflicts?.map((conflict) => conflict.message).join(" ");
    super([body.detail ?? body.title ?? `HTTP ${status}`, conflicts].filter(Boolean).join(" "));
    this.name = "Problem";
    this.status = status;
    this.title = body.title ?? "";
    this.errors = body.errors ?? [];
  }
}

/** Nothing has changed yet: it waits until somebody approves it; the message says who. */
export class Waits extends Problem {
  /** The id of what is to be approved. */
  readonly approval: string;
  /** The run in which it was asked for: undo takes the question back. */
  readonly run: string | null;

  constructor({ detail, approval }: { detail: string; approval: string }, run: string | null) {
    super(WAITS, { detail });
    this.name = "Waits";
    this.approval = approval;
    this.run = run;
  }
}

export interface Reply<T> {
  data: T;
  /** The run that `POST /undo` reverts; null when nothing changed. */
  run: string | null;
}

export interface RequestOptions {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: Json | FormData;
  /** The version that the change is based on. */
  version?: Json;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** The address of `path` under the API, with the non-empty parts of `query`. */
export function apiUrl(path: string, query: RequestOptions["query"] = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") params.set(key, String(value));
  }
  const text = params.toString();
  return `${BASE}/${path}${text ? `?${text}` : ""}`;
}

/** A key that makes a retry of one change return the first reply; works without a secure context. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

function cookie(name: string): string | undefined {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : undefined;
}

/** Whether somebody signed in here; a session that has ended meanwhile is met as a 401. */
export const isSignedIn = (): boolean => cookie("nexus_csrf") !== undefined;

/** What a request to the server carries for who is signed in here. */
export function headersOf(options: RequestOptions): Headers {
  const headers = new Headers({ Accept: "application/json" });
  const method = options.method ?? "GET";
  if (method !== "GET") {
    const csrf = cookie("nexus_csrf");
    if (csrf) headers.set("X-CSRF-Token", csrf);
  }
  if (options.body !== undefined && !(options.body instanceof FormData)) {
    headers.set("Content-Type", "application/json");
  }
  if (options.version !== undefined && options.version !== null) {
    headers.set("If-Match", `"${String(options.version)}"`);
  }
  const company = workingCompany();
  if (company) headers.set("Nexus-Company", company);
  if (options.idempotencyKey) headers.set("Idempotency-Key", options.idempotencyKey);
  return headers;
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    return new Problem(response.status, JSON.parse(text) as Partial<ProblemBody>);
  } catch {
    return new Problem(response.status, { title: response.statusText || `HTTP ${response.status}` });
  }
}

/** Sends a request; throws [`Problem`] for everything but success, and for what waits. */
export async function send<T>(path: string, options: RequestOptions = {}): Promise<Reply<T>> {
  const { body } = options;
  let response: Response;
  try {
    response = await fetch(apiUrl(path, options.query), {
      method: options.method ?? "GET",
      headers: headersOf(options),
      body: body === undefined ? undefined : body instanceof FormData ? body : JSON.stringify(body),
      credentials: "same-origin",
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, { detail: t("offline.unreachable") });
  }
  if (!response.ok) throw await problemOf(response);
  const run = response.headers.get("Nexus-Run");
  if (response.status === WAITS) throw new Waits(await response.json(), run);
  const text = await response.text();
  return { data: (text ? JSON.parse(text) : null) as T, run };
}

/** `send` for reads, where only the body matters. */
export async function get<T>(
  path: string,
  query?: RequestOptions["query"],
  signal?: AbortSignal,
): Promise<T> {
  return (await send<T>(path, { query, signal })).data;
}

const METHODS = { get: "GET", post: "POST", patch: "PATCH", delete: "DELETE" } as const;

type Path = keyof paths;
/** The methods that an address answers to. */
type MethodOf<At extends Path> = {
  [Method in keyof typeof METHODS]: paths[At][Method] extends undefined ? never : Method;
}[keyof typeof METHODS];

type Body<Op> = Op extends { requestBody: { content: { "application/json": infer Given } } }
  ? { body: Told<Given> }
  : { body?: never };
type Query<Op> = Op extends { parameters: { query: infer Given extends object } }
  ? { query: Given }
  : Op extends { parameters: { query?: infer Given } }
    ? { query?: Given }
    : { query?: never };
type Answer<Op> = Op extends
  | { responses: { 200: { content: { "application/json": infer Given } } } }
  | { responses: { 201: { content: { "application/json": infer Given } } } }
  ? Told<Given>
  : null;
type Needs<Op> = Body<Op> & Query<Op> & Pick<RequestOptions, "idempotencyKey" | "signal">;

/** `send` for an address that the contract fixes: the document says what goes in and what comes back. */
export function call<At extends Path, Method extends MethodOf<At>>(
  path: At,
  method: Method,
  needs: Needs<paths[At][Method]>,
): Promise<Reply<Answer<paths[At][Method]>>> {
  return send(path.slice(1), { ...needs, method: METHODS[method] });
}
