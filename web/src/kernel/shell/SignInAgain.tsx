/** A session that ended while somebody worked: they sign in where they are, and lose nothing of what they typed. */
import { Anchor, Modal, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { t } from "../../messages/t";
import { useMeta } from "../meta";
import { SignInForm } from "./SignInForm";

export function SignInAgain({ onClose }: { onClose: () => void }) {
  const { user } = useMeta();
  const client = useQueryClient();
  const next = encodeURIComponent(location.pathname + location.search);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("signin.again")}
      size="sm"
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <SignInForm
        known={user.email}
        onSignedIn={() => {
          onClose();
          void client.invalidateQueries();
        }}
      >
        <Text size="sm" c="dimmed">
          {t("signin.again.text")}
        </Text>
      </SignInForm>
      {/* Another person sees other things: the page is loaded anew. */}
      <Anchor href={`/login?next=${next}`} size="sm" mt="md" display="block">
        {t("signin.other")}
      </Anchor>
    </Modal>
  );
}
