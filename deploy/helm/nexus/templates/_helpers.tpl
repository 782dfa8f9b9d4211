{{- define "nexus.name" -}}
{{- $name := contains .Chart.Name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) }}
{{- /* A name has 63 characters at most, and a set's may have 20 of them. */}}
{{- $name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{/* Labels that select pods; they must never change. */}}
{{- define "nexus.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "nexus.labels" -}}
{{ include "nexus.selector" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "nexus.image" -}}
{{- with .Values.image -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{/* The Secret with the database's URL. */}}
{{- define "nexus.secret" -}}
{{- if .Values.database.url }}{{ include "nexus.name" . }}-database{{ else }}{{ .Values.database.existingSecret }}{{ end }}
{{- end }}

{{/* The sets as JSON, each with what it leaves to the defaults. A set that is null was taken out. */}}
{{- define "nexus.sets" -}}
{{- $sets := dict }}
{{- range $name, $set := .Values.appSets }}
{{- if $set }}
{{- $_ := set $sets $name (mergeOverwrite (deepCopy $.Values.appSetDefaults) $set) }}
{{- end }}
{{- end }}
{{- if not $sets }}{{ fail "appSets: name at least one set of apps" }}{{ end }}
{{- toJson $sets }}
{{- end }}

{{/* The set to talk to when any would do: one that runs all apps, if there is one. */}}
{{- define "nexus.anySet" -}}
{{- $sets := include "nexus.sets" . | fromJson }}
{{- $chosen := keys $sets | sortAlpha | first }}
{{- range $name, $set := $sets }}
{{- if not $set.apps }}{{ $chosen = $name }}{{ end }}
{{- end }}
{{- $chosen }}
{{- end }}

{{/* The one set that runs all apps; the page, sign-in, search, batches and undo are of no one app. */}}
{{- define "nexus.mainSet" -}}
{{- $all := list }}
{{- range $name, $set := include "nexus.sets" . | fromJson }}
{{- if not $set.apps }}{{ $all = append $all $name }}{{ end }}
{{- end }}
{{- if ne (len $all) 1 }}{{ fail (printf "ingress: exactly one set must run all apps (apps: []), there are %d" (len $all)) }}{{ end }}
{{- first $all }}
{{- end }}

{{- define "nexus.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "nexus.containerSecurity" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* Where people reach it: pods listen on every address, which is none that a link could lead to. */}}
{{- define "nexus.publicUrl" -}}
{{- if .Values.publicUrl }}{{ .Values.publicUrl }}
{{- else if .Values.ingress.enabled }}https://{{ .Values.ingress.host }}
{{- else }}{{ fail "publicUrl: say where people reach it, for links in mail, such as https://nexus.example.com" }}
{{- end }}
{{- end }}

{{/* The variables that every process of the release has. */}}
{{- define "nexus.env" -}}
- name: NEXUS_DATABASE
  valueFrom:
    secretKeyRef:
      name: {{ include "nexus.secret" . }}
      key: {{ if .Values.database.url }}url{{ else }}{{ .Values.database.key }}{{ end }}
{{- with .Values.nats.existingSecret }}
- name: NEXUS_NATS
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: {{ $.Values.nats.key }}
{{- end }}
{{- with .Values.mail.existingSecret }}
- name: NEXUS_MAIL
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: {{ $.Values.mail.key }}
- name: NEXUS_MAIL_FROM
  value: {{ required "mail.from: name the sender, such as Nexus <nexus@example.com>" $.Values.mail.from | quote }}
- name: NEXUS_PUBLIC_URL
  value: {{ include "nexus.publicUrl" $ | quote }}
{{- end }}
{{- range $name, $value := .Values.env }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{- define "nexus.mounts" -}}
- {name: data, mountPath: /data}
- {name: tmp, mountPath: /tmp}
{{- end }}

{{- define "nexus.volumes" -}}
- name: data
  emptyDir: {sizeLimit: {{ .Values.scratch }}}
- name: tmp
  emptyDir: {sizeLimit: {{ .Values.scratch }}}
{{- end }}

{{/* Where pods may run, of servers and of the migration. */}}
{{- define "nexus.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}
