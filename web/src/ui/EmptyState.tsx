/** A page with nothing on it yet: one sentence, the first action. */
import { Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  icon?: ReactNode;
  title: string;
  /** It is the whole page, so that its title is the page's. */
  page?: boolean;
  text?: string;
  children?: ReactNode;
}

export function EmptyState({ icon, title, page, text, children }: Props) {
  return (
    <Stack align="center" gap="sm" py={72} px="lg" maw={440} mx="auto" ta="center">
      <span className="quiet">{icon}</span>
      <Title order={page ? 1 : 2} fz={16}>
        {title}
      </Title>
      {text && (
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      )}
      {children && (
        <Group gap="sm" mt="sm" justify="center">
          {children}
        </Group>
      )}
    </Stack>
  );
}
