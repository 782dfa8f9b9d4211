/** Who is told what happens to a record, and whether one is oneself. */
import { Avatar, Button, Tooltip } from "@mantine/core";
import { IconBell, IconBellOff } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { runAction } from "../../../api/commands";
import type { Json, MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { useChanges } from "../../changes";
import { useTitle } from "../../fields/Value";
import { useMeta } from "../../meta";
import { type About, aboutQuery } from "../hanging";
import classes from "./Panel.module.css";

const SHOWN = 5;

export function Followers({ followers, about }: { followers: MetaObject; about: About }) {
  const meta = useMeta();
  const changes = useChanges();
  const query = useQuery(aboutQuery(followers.path, "target", about.target.id));
  const users = (query.data?.data ?? []).map((one) => one.user ?? null);
  const following = users.includes(meta.user.id);
  const change = useMutation({
    mutationFn: () =>
      runAction(`${followers.path}/${following ? "unfollow" : "follow"}`, { target: about.target }),
    onSuccess: ({ run }) => changes.done(t(following ? "follow.ended" : "follow.begun"), run),
    onError: changes.failed,
  });
  return (
    <div className={classes.followers}>
      <Avatar.Group spacing={6} role="list" aria-label={t("followers")}>
        {users.slice(0, SHOWN).map((user) => (
          <Follower key={String(user)} user={user} />
        ))}
        {users.length > SHOWN && <Avatar size={24}>+{users.length - SHOWN}</Avatar>}
      </Avatar.Group>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        disabled={query.isPending}
        loading={change.isPending}
        leftSection={following ? <IconBellOff size={14} stroke={1.6} /> : <IconBell size={14} stroke={1.6} />}
        onClick={() => change.mutate()}
      >
        {t(following ? "unfollow" : "follow")}
      </Button>
    </div>
  );
}

function Follower({ user }: { user: Json }) {
  const name = useTitle("core.user", user);
  return (
    <Tooltip label={name}>
      <Avatar size={24} name={name} color="initials" role="listitem" aria-label={name} />
    </Tooltip>
  );
}
