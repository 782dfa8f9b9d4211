/** Uploads under way: how much of each has arrived, and why one failed. */
import { useCallback, useEffect, useRef, useState } from "react";
import { explain } from "../changes";
import { type Upload, upload } from "./upload";

export interface Sending {
  key: number;
  name: string;
  percent: number;
  failure?: string;
}

let count = 0;

/** `onSent` is told of each file that has arrived; while it works the file stays in the list. */
export function useUploads(onSent: (file: File, sent: { id: string }) => Promise<void> | void) {
  const [list, setList] = useState<Sending[]>([]);
  const running = useRef(new Map<number, Upload>());
  const sent = useRef(onSent);
  sent.current = onSent;

  const put = useCallback((key: number, change: Partial<Sending>) => {
    setList((before) => before.map((one) => (one.key === key ? { ...one, ...change } : one)));
  }, []);
  const drop = useCallback((key: number) => {
    running.current.get(key)?.abort();
    running.current.delete(key);
    setList((before) => before.filter((one) => one.key !== key));
  }, []);
  const add = useCallback(
    (files: File[]) => {
      for (const file of files) {
        count += 1;
        const key = count;
        setList((before) => [...before, { key, name: file.name, percent: 0 }]);
        const sending = upload(file, (percent) => put(key, { percent }));
        running.current.set(key, sending);
        sending.done
          .then((id) => sent.current(file, { id }))
          .then(() => {
            running.current.delete(key);
            setList((before) => before.filter((one) => one.key !== key));
          })
          .catch((error: unknown) => put(key, { failure: explain(error) }));
      }
    },
    [put],
  );
  // Who leaves the page has given up what is under way.
  useEffect(() => {
    const open = running.current;
    return () => {
      for (const one of open.values()) one.abort();
    };
  }, []);
  return { list, add, drop };
}
