/** Ends the session, and forgets what was fetched in it. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { signOut } from "../../api/commands";
import { Problem } from "../../api/http";
import { toastError } from "../../ui/toast";
import { explain } from "../changes";

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    try {
      await signOut();
    } catch (error) {
      // Whoever is still signed in must not believe otherwise; a session that has ended is what was wanted.
      if (!(error instanceof Problem && error.status === 401)) return toastError(explain(error));
    }
    await navigate({ to: "/login" });
    client.clear();
  };
}
