/** Uploads by the tus protocol: what has arrived stays when the line breaks. */
import { apiUrl, headersOf, Problem } from "../../api/http";
import { t } from "../../messages/t";

export interface Upload {
  /** The id of the file, once all of it has arrived. */
  done: Promise<string>;
  abort: () => void;
}

const RETRY_MS = [0, 1000, 3000, 8000];
const PERCENT = 100;

/** Sends `file`; `onProgress` is told how much of a hundred has arrived. */
export function upload(file: File, onProgress: (percent: number) => void): Upload {
  let abort = () => {};
  const done = import("tus-js-client").then(
    ({ Upload: Tus, DetailedError }) =>
      new Promise<string>((resolve, reject) => {
        const sending = new Tus(file, {
          endpoint: apiUrl("files"),
          headers: Object.fromEntries(headersOf({ method: "POST" })),
          metadata: { filename: file.name, filetype: file.type },
          retryDelays: RETRY_MS,
          removeFingerprintOnSuccess: true,
          onProgress: (sent, total) => onProgress(total ? Math.round((sent / total) * PERCENT) : PERCENT),
          onSuccess: () => resolve(sending.url?.split("/").pop() ?? ""),
          onError: (error) => {
            const reply = error instanceof DetailedError ? error.originalResponse : null;
            reject(problemOf(reply?.getStatus() ?? 0, reply?.getBody() ?? ""));
          },
        });
        abort = () => void sending.abort(true);
        // An upload of the same file that broke off goes on where it ended.
        void sending.findPreviousUploads().then(([before]) => {
          if (before) sending.resumeFromPreviousUpload(before);
          sending.start();
        });
      }),
  );
  return { done, abort: () => abort() };
}

function problemOf(status: number, body: string): Problem {
  try {
    return new Problem(status, JSON.parse(body));
  } catch {
    return new Problem(status, { detail: t("file.failed") });
  }
}

/** Where what a file contains is sent from. */
export const contentOf = (id: string, download = false): string =>
  apiUrl(`core/files/${id}/content`, { download: download || undefined });

/** A picture made small. */
export const thumbnailOf = (id: string, size = 256): string => apiUrl(`core/files/${id}/thumbnail`, { size });

/** Whether the name says that a browser can show it as a picture. */
export const isPicture = (name: string): boolean => /\.(png|jpe?g|gif|webp|bmp|tiff?|ico)$/i.test(name);
