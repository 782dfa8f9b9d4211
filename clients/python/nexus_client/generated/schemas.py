"""What goes in and what comes out. Written by generate.py from the OpenAPI document: change what is declared, not this."""
from __future__ import annotations

from typing import Any, Generic, Literal, Required, TypeAlias, TypedDict, TypeVar
T = TypeVar("T")

class Page(TypedDict, Generic[T], total=False):
    """Records, and the `after` of the next page."""
    data: Required[list[T]]
    next: Required[str | None]
    count: int

class Address(TypedDict, total=False):
    street: str | None
    street2: str | None
    city: str | None
    region: str | None
    postal_code: str | None
    country: str | None

class AppOffered(TypedDict, total=False):
    name: Required[str]
    label: Required[str]
    about: Required[str]
    icon: Required[str]
    depends: Required[list[str]]

class Asked(TypedDict, total=False):
    approval: Required[str]
    state: Required[Literal['asked']]
    detail: Required[str]

class BatchReply(TypedDict, total=False):
    run: Required[str]
    outputs: Required[list[Any]]
    changes: list[Change]

class BulkReport(TypedDict, total=False):
    run: Required[str]
    selected: Required[int]
    done: Required[int]
    skipped: Required[int]
    refused_count: Required[int]
    refused: Required[list[Refused]]
    tried: int
    changes: list[Change]

class BulkRequest(TypedDict, total=False):
    """What is to be done with which records: those of `ids`, those that `filter` selects, or one for each of
    `records`."""
    action: str
    ids: list[str] | None
    filter: str | None
    records: list[dict[str, Any]] | None
    input: dict[str, Any] | None
    preview: bool
    whole: bool
    run: str | None

class Call(TypedDict, total=False):
    action: Required[str]
    record: str | None
    input: Any

class Change(TypedDict, total=False):
    app: Required[str]
    object: Required[str]
    record: Required[str]
    title: Required[str]
    verb: Required[Literal['create', 'update', 'delete', 'restore']]
    action: Required[str]
    summary: Required[str]
    fields: Required[list[ToldChange]]

class Conflict(TypedDict, total=False):
    app: Required[str]
    object: Required[str]
    record: Required[str]
    field: Required[str]
    message: Required[str]

class ContactsCopyPartyInput(TypedDict, total=False):
    kind: Literal['person', 'organisation']
    name: str
    email: str | None
    phone: str | None
    website: str | None
    tax_id: str | None
    parent: str | None
    position: str | None
    addresses: list[ContactsPartyAddressInput]
    tags: list[str]
    reference: str | None
    owner: str | None
    active: bool | None
    notes: str | None

class ContactsCreatePartyInput(TypedDict, total=False):
    id: str
    kind: Literal['person', 'organisation']
    name: Required[str]
    email: str | None
    phone: str | None
    website: str | None
    tax_id: str | None
    parent: str | None
    position: str | None
    addresses: list[ContactsPartyAddressInput]
    tags: list[str]
    reference: str | None
    owner: str | None
    active: bool | None
    notes: str | None

ContactsMergePartyInput = TypedDict("ContactsMergePartyInput", {
    "from": 'Required[list[str]]',
    "fields": 'dict[str, Any]',
}, total=False)

class ContactsParty(TypedDict, total=False):
    """A person or an organisation: customer, supplier, employee of either, or all at once."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    kind: Literal['person', 'organisation'] | None
    name: str | None
    email: str | None
    phone: str | None
    website: str | None
    tax_id: str | None
    position: str | None
    addresses: list[ContactsPartyAddress]
    tags: list[str]
    reference: str | None
    owner: str | None
    active: bool | None
    notes: str | None
    people: int | None

class ContactsPartyAddress(TypedDict, total=False):
    """Where a contact is reached by post."""
    id: Required[str]
    position: int
    kind: Literal['billing', 'shipping', 'other'] | None
    address: Address | None

class ContactsPartyAddressInput(TypedDict, total=False):
    id: str
    kind: Literal['billing', 'shipping', 'other']
    address: Address

class ContactsUpdatePartyInput(TypedDict, total=False):
    kind: Literal['person', 'organisation']
    name: str
    email: str | None
    phone: str | None
    website: str | None
    tax_id: str | None
    parent: str | None
    position: str | None
    addresses: list[ContactsPartyAddressInput]
    tags: list[str]
    reference: str | None
    owner: str | None
    active: bool | None
    notes: str | None

class CoreActivity(TypedDict, total=False):
    """What is to be done about a record, by whom and until when"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    target: Leads | None
    kind: Literal['to_do', 'call', 'meeting', 'email', 'other'] | None
    summary: str | None
    notes: str | None
    due: str | None
    assignee: str | None
    done_at: str | None
    overdue: bool | None

class CoreApiKey(TypedDict, total=False):
    """API key"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    name: str | None
    user: str | None
    agent: bool | None
    digest: bool | None
    expires_at: str | None
    revoked: bool | None

class CoreApproval(TypedDict, total=False):
    """An action that waits until somebody approves it; then it is run as whoever asked for it."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    summary: str | None
    action: str | None
    target: Leads | None
    calls: Any
    preview: Any
    asked_by: str | None
    agent: bool | None
    approvers: list[str]
    own: bool | None
    expires_at: str | None
    decided_by: str | None
    decided_at: str | None
    note: str | None
    run: str | None
    state: Literal['asked', 'approved', 'refused', 'withdrawn', 'expired'] | None

class CoreApproveInput(TypedDict, total=False):
    """What whoever decides says of it."""
    note: str | None

class CoreAttachment(TypedDict, total=False):
    """A file that belongs to a record of whichever object"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    target: Leads | None
    file: str | None
    name: str | None

class CoreBeginImportInput(TypedDict, total=False):
    """Which file becomes which records."""
    object: Required[str]
    file: Required[str]
    mapping: CoreBeginImportInputMapping

class CoreBeginImportInputFileFormat(TypedDict, total=False):
    """The form of the file. What is left out is made out from the file itself."""
    form: CoreBeginImportInputForm | None
    encoding: str | None
    delimiter: str | None
    quote: str | None
    heading: int | None
    columns: list[str]
    widths: list[int]
    sheet: str | None
    dates: str | None
    decimal: str | None

class CoreBeginImportInputMapping(TypedDict, total=False):
    """What a mapping says; the defaults read a file whose headings are the object's fields."""
    file: CoreBeginImportInputFileFormat
    map: dict[str, Any]
    key: str | None
    create: list[str]
    step: list[CoreBeginImportInputStepMapping]

class CoreBeginImportInputStepMapping(TypedDict, total=False):
    """One record that a row becomes, or one action that it runs."""
    name: str
    object: str
    find: str | None
    when: str | None
    set: dict[str, Any]
    record: str | None
    action: str | None
    input: dict[str, Any]

class CoreComment(TypedDict, total=False):
    """What somebody says about a record"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    target: Leads | None
    body: str | None
    reply_to: str | None
    mentions: list[str]

class CoreCompany(TypedDict, total=False):
    """A legal entity with books of its own"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    name: str | None
    country: str | None
    currency: str | None
    tax_id: str | None
    email: str | None
    phone: str | None
    address: Address | None
    bank: str | None

class CoreCopyActivityInput(TypedDict, total=False):
    target: Leads
    kind: Literal['to_do', 'call', 'meeting', 'email', 'other']
    summary: str
    notes: str | None
    due: str | None
    assignee: str | None

class CoreCopyApiKeyInput(TypedDict, total=False):
    name: str
    user: str
    agent: bool | None
    expires_at: str | None
    revoked: bool | None

class CoreCopyApprovalInput(TypedDict, total=False):
    company: str | None
    state: Literal['asked', 'approved', 'refused', 'withdrawn', 'expired'] | None

class CoreCopyAttachmentInput(TypedDict, total=False):
    target: Leads
    file: str
    name: str | None

class CoreCopyCommentInput(TypedDict, total=False):
    target: Leads
    body: str
    reply_to: str | None

class CoreCopyCompanyInput(TypedDict, total=False):
    name: str
    country: str
    currency: str
    tax_id: str | None
    email: str | None
    phone: str | None
    address: Address | None
    bank: str | None

class CoreCopyFavouriteInput(TypedDict, total=False):
    target: Leads
    position: int

class CoreCopyFileInput(TypedDict, total=False):
    name: str

class CoreCopyFollowerInput(TypedDict, total=False):
    target: Leads
    user: str

class CoreCopyImportInput(TypedDict, total=False):
    company: str | None
    state: Literal['running', 'done', 'failed', 'cancelled'] | None

class CoreCopyImportMappingInput(TypedDict, total=False):
    name: str
    object: str
    columns: Any
    mapping: Any

class CoreCopyJobInput(TypedDict, total=False):
    company: str | None
    action: str
    record: str | None
    input: Any
    run_at: str | None
    priority: int
    concurrency_key: str | None
    attempts_max: int
    backoff_seconds: int
    backoff_max_seconds: int
    timeout_seconds: int
    state: Literal['queued', 'running', 'done', 'dead', 'cancelled', 'discarded'] | None

class CoreCopyMailTemplateInput(TypedDict, total=False):
    name: Literal['notification', 'digest', 'document']
    subject: str
    text: str
    html: str

class CoreCopyManifestInput(TypedDict, total=False):
    kind: Literal['extension', 'object', 'report', 'app']
    name: str
    text: str

class CoreCopyNotificationInput(TypedDict, total=False):
    user: str
    kind: str
    title: str
    body: str | None
    target: Leads | None
    quotes: Leads | None

class CoreCopyNotificationSettingsInput(TypedDict, total=False):
    user: str
    mail: Literal['at_once', 'daily', 'weekly', 'never']
    zone: str
    digest_hour: int
    quiet_from: int | None
    quiet_until: int | None
    kinds: list[CoreNotificationKindInput]

class CoreCopyOutgoingMailInput(TypedDict, total=False):
    target: Leads
    print: str
    to: str
    name: str | None
    subject: str
    body: str | None
    reader: str | None
    state: Literal['queued', 'sent', 'failed'] | None

class CoreCopySavedViewInput(TypedDict, total=False):
    name: str
    object: str
    kind: Literal['table', 'kanban', 'calendar', 'gantt', 'timeline', 'gallery', 'pivot', 'chart']
    filter: str | None
    sort: str | None
    columns: list[str]
    options: Any
    group: str | None
    scope: Literal['personal', 'team', 'role', 'everyone']
    team: str | None
    role: str | None

class CoreCopyScheduleInput(TypedDict, total=False):
    company: str | None
    name: str
    cron: str
    zone: str
    action: str
    record: str | None
    input: Any
    active: bool | None

class CoreCopyShareInput(TypedDict, total=False):
    target: Leads
    user: str | None
    team: str | None
    role: str | None
    right: Literal['read', 'comment', 'write']
    expires_at: str | None

class CoreCopyTagInput(TypedDict, total=False):
    name: str
    colour: str | None

class CoreCopyTaggingInput(TypedDict, total=False):
    target: Leads
    tag: str

class CoreCopyTeamInput(TypedDict, total=False):
    name: str

class CoreCopyTemplateInput(TypedDict, total=False):
    name: str
    object: str
    values: Any
    shared: bool | None

class CoreCopyTranslationInput(TypedDict, total=False):
    target: Leads
    field: str
    language: str
    text: str

class CoreCopyUserInput(TypedDict, total=False):
    name: str
    email: str
    roles: list[str]
    team: str | None
    companies: list[str]
    company: str | None
    active: bool | None
    password: str | None

class CoreCreateActivityInput(TypedDict, total=False):
    id: str
    target: Required[Leads]
    kind: Literal['to_do', 'call', 'meeting', 'email', 'other']
    summary: Required[str]
    notes: str | None
    due: str | None
    assignee: str | None

class CoreCreateApiKeyInput(TypedDict, total=False):
    id: str
    name: Required[str]
    user: Required[str]
    agent: bool | None
    expires_at: str | None
    revoked: bool | None

class CoreCreateApprovalInput(TypedDict, total=False):
    id: str
    company: str | None
    state: Literal['asked', 'approved', 'refused', 'withdrawn', 'expired'] | None

class CoreCreateAttachmentInput(TypedDict, total=False):
    id: str
    target: Required[Leads]
    file: Required[str]
    name: str | None

class CoreCreateCommentInput(TypedDict, total=False):
    id: str
    target: Required[Leads]
    body: Required[str]
    reply_to: str | None

class CoreCreateCompanyInput(TypedDict, total=False):
    id: str
    name: Required[str]
    country: Required[str]
    currency: Required[str]
    tax_id: str | None
    email: str | None
    phone: str | None
    address: Address | None
    bank: str | None

class CoreCreateFavouriteInput(TypedDict, total=False):
    id: str
    target: Required[Leads]
    position: int

class CoreCreateFileInput(TypedDict, total=False):
    id: str
    name: Required[str]

class CoreCreateFollowerInput(TypedDict, total=False):
    id: str
    target: Required[Leads]
    user: str

class CoreCreateImportInput(TypedDict, total=False):
    id: str
    company: str | None
    state: Literal['running', 'done', 'failed', 'cancelled'] | None

class CoreCreateImportMappingInput(TypedDict, total=False):
    id: str
    name: Required[str]
    object: Required[str]
    columns: Required[Any]
    mapping: Required[Any]

class CoreCreateImportRejectInput(TypedDict, total=False):
    id: str

class CoreCreateJobInput(TypedDict, total=False):
    id: str
    company: str | None
    action: Required[str]
    record: str | None
    input: Any
    run_at: str | None
    priority: int
    concurrency_key: str | None
    attempts_max: int
    backoff_seconds: int
    backoff_max_seconds: int
    timeout_seconds: int
    state: Literal['queued', 'running', 'done', 'dead', 'cancelled', 'discarded'] | None

class CoreCreateKeyInput(TypedDict, total=False):
    """What a new key is for."""
    name: Required[str]
    agent: bool

class CoreCreateMailTemplateInput(TypedDict, total=False):
    id: str
    name: Required[Literal['notification', 'digest', 'document']]
    subject: Required[str]
    text: Required[str]
    html: Required[str]

class CoreCreateManifestInput(TypedDict, total=False):
    id: str
    kind: Literal['extension', 'object', 'report', 'app']
    name: Required[str]
    text: Required[str]

class CoreCreateNotificationInput(TypedDict, total=False):
    id: str
    user: Required[str]
    kind: Required[str]
    title: Required[str]
    body: str | None
    target: Leads | None
    quotes: Leads | None

class CoreCreateNotificationSettingsInput(TypedDict, total=False):
    id: str
    user: str
    mail: Literal['at_once', 'daily', 'weekly', 'never']
    zone: str
    digest_hour: int
    quiet_from: int | None
    quiet_until: int | None
    kinds: list[CoreNotificationKindInput]

class CoreCreateOutgoingMailInput(TypedDict, total=False):
    id: str
    target: Required[Leads]
    print: Required[str]
    to: Required[str]
    name: str | None
    subject: Required[str]
    body: str | None
    reader: str | None
    state: Literal['queued', 'sent', 'failed'] | None

class CoreCreateSavedViewInput(TypedDict, total=False):
    id: str
    name: Required[str]
    object: Required[str]
    kind: Literal['table', 'kanban', 'calendar', 'gantt', 'timeline', 'gallery', 'pivot', 'chart']
    filter: str | None
    sort: str | None
    columns: list[str]
    options: Any
    group: str | None
    scope: Literal['personal', 'team', 'role', 'everyone']
    team: str | None
    role: str | None

class CoreCreateScheduleInput(TypedDict, total=False):
    id: str
    company: str | None
    name: Required[str]
    cron: Required[str]
    zone: str
    action: Required[str]
    record: str | None
    input: Any
    active: bool | None

class CoreCreateShareInput(TypedDict, total=False):
    id: str
    target: Required[Leads]
    user: str | None
    team: str | None
    role: str | None
    right: Literal['read', 'comment', 'write']
    expires_at: str | None

class CoreCreateTagInput(TypedDict, total=False):
    id: str
    name: Required[str]
    colour: str | None

class CoreCreateTaggingInput(TypedDict, total=False):
    id: str
    target: Required[Leads]
    tag: Required[str]

class CoreCreateTeamInput(TypedDict, total=False):
    id: str
    name: Required[str]

class CoreCreateTemplateInput(TypedDict, total=False):
    id: str
    name: Required[str]
    object: Required[str]
    values: Required[Any]
    shared: bool | None

class CoreCreateTranslationInput(TypedDict, total=False):
    id: str
    target: Required[Leads]
    field: Required[str]
    language: Required[str]
    text: Required[str]

class CoreCreateUserInput(TypedDict, total=False):
    id: str
    name: Required[str]
    email: Required[str]
    roles: list[str]
    team: str | None
    companies: list[str]
    company: str | None
    active: bool | None
    password: str | None

class CoreFavourite(TypedDict, total=False):
    """A record that somebody keeps at hand; nobody else sees it"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    target: Leads | None
    user: str | None
    position: int | None

class CoreFile(TypedDict, total=False):
    """What was uploaded; records of any object refer to it"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    name: str | None
    media_type: str | None
    size: int | None
    digest: str | None
    width: int | None
    height: int | None
    text: str | None
    examined: bool | None
    loose_since: str | None
    versions: list[CoreFileVersion]

class CoreFileVersion(TypedDict, total=False):
    """Version"""
    id: Required[str]
    position: int
    name: str | None
    media_type: str | None
    size: int | None
    digest: str | None
    at: str | None

class CoreFileVersionInput(TypedDict, total=False):
    id: str
    name: str | None
    media_type: str | None
    size: int | None
    digest: str | None
    at: str | None

class CoreFinishActivityInput(TypedDict, total=False):
    """How an activity is closed."""
    notes: str | None
    follow_up: CoreFinishActivityInputFollowUp | None

class CoreFinishActivityInputFollowUp(TypedDict, total=False):
    """An activity that comes after another."""
    summary: Required[str]
    kind: Literal['to_do', 'call', 'meeting', 'email', 'other'] | None
    due: str | None
    assignee: str | None

class CoreFollowRecordInput(TypedDict, total=False):
    """The record that is meant."""
    target: Required[dict[str, Any]]

class CoreFollower(TypedDict, total=False):
    """Who wants to know what happens to a record"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    target: Leads | None
    user: str | None

class CoreImport(TypedDict, total=False):
    """A file whose rows became records: how far it is, what came of it, and what was refused."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    name: str | None
    object: str | None
    file: str | None
    mapping: Any
    form: str | None
    owner: str | None
    position: int | None
    created: int | None
    updated: int | None
    unchanged: int | None
    rejected: int | None
    job: str | None
    error: str | None
    finished_at: str | None
    state: Literal['running', 'done', 'failed', 'cancelled'] | None

class CoreImportMapping(TypedDict, total=False):
    """How files with the same headings are read; it is used again by itself."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    name: str | None
    object: str | None
    columns: Any
    mapping: Any
    owner: str | None

class CoreImportReject(TypedDict, total=False):
    """A row of a file that became no record, with the reason."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    source: str | None
    row: int | None
    reason: str | None
    data: Any

class CoreJob(TypedDict, total=False):
    """Work that is done later, in the background, in the name of whoever asked for it."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    action: str | None
    record: str | None
    input: Any
    owner: str | None
    agent: bool | None
    run_at: str | None
    queue: str | None
    priority: int | None
    concurrency_key: str | None
    attempts_max: int | None
    backoff_seconds: int | None
    backoff_max_seconds: int | None
    timeout_seconds: int | None
    attempt: int | None
    progress: int | None
    error: str | None
    started_at: str | None
    finished_at: str | None
    process: str | None
    trace: str | None
    schedule: str | None
    state: Literal['queued', 'running', 'done', 'dead', 'cancelled', 'discarded'] | None

class CoreMailTemplate(TypedDict, total=False):
    """A mail of Nexus in a company's own words: Jinja, with company, user, notifications, settings_url; of a document
    with company, subject, body, title, user, sender."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    name: Literal['notification', 'digest', 'document'] | None
    subject: str | None
    text: str | None
    html: str | None

class CoreManifest(TypedDict, total=False):
    """What this company has declared for itself: further fields, states, rules and views of an app's objects, and
    objects of its own"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    kind: Literal['extension', 'object', 'report', 'app'] | None
    name: str | None
    text: str | None

class CoreNotification(TypedDict, total=False):
    """Something that one person should know of, in the app and by mail."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    user: str | None
    kind: str | None
    title: str | None
    body: str | None
    target: Leads | None
    quotes: Leads | None
    in_app: bool | None
    read_at: str | None
    key: str | None
    mail: Literal['at_once', 'daily', 'weekly'] | None
    mail_at: str | None
    mailed_at: str | None

class CoreNotificationKind(TypedDict, total=False):
    """Kind"""
    id: Required[str]
    position: int
    kind: str | None
    in_app: bool | None
    mail: Literal['at_once', 'daily', 'weekly', 'never'] | None

class CoreNotificationKindInput(TypedDict, total=False):
    id: str
    kind: str
    in_app: bool | None
    mail: Literal['at_once', 'daily', 'weekly', 'never'] | None

class CoreNotificationSettings(TypedDict, total=False):
    """How a person wants to be told: at once or in a digest, in the app or by mail, and when not."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    user: str | None
    mail: Literal['at_once', 'daily', 'weekly', 'never'] | None
    zone: str | None
    digest_hour: int | None
    quiet_from: int | None
    quiet_until: int | None
    kinds: list[CoreNotificationKind]

class CoreOutgoingMail(TypedDict, total=False):
    """A document of a record on its way to somebody outside, or where it went"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    target: Leads | None
    print: str | None
    to: str | None
    name: str | None
    subject: str | None
    body: str | None
    reader: str | None
    sent_at: str | None
    error: str | None
    state: Literal['queued', 'sent', 'failed'] | None

class CoreRefuseInput(TypedDict, total=False):
    """What whoever decides says of it."""
    note: str | None

CoreReplaceFileInput = TypedDict("CoreReplaceFileInput", {
    "with": 'Required[str]',
}, total=False)

class CoreRevertFileInput(TypedDict, total=False):
    """Which version is to be the newest again."""
    version: Required[int]

class CoreSavedView(TypedDict, total=False):
    """A way to look at records that somebody keeps, for one person, a team, a role or everyone"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    name: str | None
    object: str | None
    kind: Literal['table', 'kanban', 'calendar', 'gantt', 'timeline', 'gallery', 'pivot', 'chart'] | None
    filter: str | None
    sort: str | None
    columns: list[str]
    options: Any
    group: str | None
    scope: Literal['personal', 'team', 'role', 'everyone'] | None
    team: str | None
    role: str | None
    owner: str | None

class CoreSchedule(TypedDict, total=False):
    """An action that is run again and again, at the times of a cron pattern in a time zone."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    name: str | None
    cron: str | None
    zone: str | None
    action: str | None
    record: str | None
    input: Any
    active: bool | None
    owner: str | None
    agent: bool | None
    next_at: str | None
    last_at: str | None
    error: str | None
    declared: str | None

class CoreShare(TypedDict, total=False):
    """A record that somebody shares with a person, a team, a role, or whoever has the link"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    target: Leads | None
    user: str | None
    team: str | None
    role: str | None
    right: Literal['read', 'comment', 'write'] | None
    expires_at: str | None
    digest: bool | None
    by_link: bool | None

class CoreShareByLinkInput(TypedDict, total=False):
    """What is shared by a link, and for how long."""
    target: Required[dict[str, Any]]
    expires_at: str | None

class CoreTag(TypedDict, total=False):
    """A word by which records of all objects are found"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    name: str | None
    colour: str | None

class CoreTagging(TypedDict, total=False):
    """That a record has a tag"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    target: Leads | None
    tag: str | None

class CoreTeam(TypedDict, total=False):
    """Team"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    name: str | None

class CoreTemplate(TypedDict, total=False):
    """Values that new records of an object begin with"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    name: str | None
    object: str | None
    values: Any
    shared: bool | None
    owner: str | None

class CoreTranslation(TypedDict, total=False):
    """What a field of a record says in another language"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    target: Leads | None
    field: str | None
    language: str | None
    text: str | None

class CoreUnfollowRecordInput(TypedDict, total=False):
    """The record that is meant."""
    target: Required[dict[str, Any]]

class CoreUpdateActivityInput(TypedDict, total=False):
    target: Leads
    kind: Literal['to_do', 'call', 'meeting', 'email', 'other']
    summary: str
    notes: str | None
    due: str | None
    assignee: str | None

class CoreUpdateApiKeyInput(TypedDict, total=False):
    name: str
    user: str
    agent: bool | None
    expires_at: str | None
    revoked: bool | None

class CoreUpdateApprovalInput(TypedDict, total=False):
    company: str | None
    state: Literal['asked', 'approved', 'refused', 'withdrawn', 'expired'] | None

class CoreUpdateAttachmentInput(TypedDict, total=False):
    target: Leads
    file: str
    name: str | None

class CoreUpdateCommentInput(TypedDict, total=False):
    target: Leads
    body: str
    reply_to: str | None

class CoreUpdateCompanyInput(TypedDict, total=False):
    name: str
    country: str
    currency: str
    tax_id: str | None
    email: str | None
    phone: str | None
    address: Address | None
    bank: str | None

class CoreUpdateFavouriteInput(TypedDict, total=False):
    target: Leads
    position: int

class CoreUpdateFileInput(TypedDict, total=False):
    name: str

class CoreUpdateFollowerInput(TypedDict, total=False):
    target: Leads
    user: str

class CoreUpdateImportInput(TypedDict, total=False):
    company: str | None
    state: Literal['running', 'done', 'failed', 'cancelled'] | None

class CoreUpdateImportMappingInput(TypedDict, total=False):
    name: str
    object: str
    columns: Any
    mapping: Any

class CoreUpdateJobInput(TypedDict, total=False):
    company: str | None
    action: str
    record: str | None
    input: Any
    run_at: str | None
    priority: int
    concurrency_key: str | None
    attempts_max: int
    backoff_seconds: int
    backoff_max_seconds: int
    timeout_seconds: int
    state: Literal['queued', 'running', 'done', 'dead', 'cancelled', 'discarded'] | None

class CoreUpdateMailTemplateInput(TypedDict, total=False):
    name: Literal['notification', 'digest', 'document']
    subject: str
    text: str
    html: str

class CoreUpdateManifestInput(TypedDict, total=False):
    kind: Literal['extension', 'object', 'report', 'app']
    name: str
    text: str

class CoreUpdateNotificationInput(TypedDict, total=False):
    user: str
    kind: str
    title: str
    body: str | None
    target: Leads | None
    quotes: Leads | None

class CoreUpdateNotificationSettingsInput(TypedDict, total=False):
    user: str
    mail: Literal['at_once', 'daily', 'weekly', 'never']
    zone: str
    digest_hour: int
    quiet_from: int | None
    quiet_until: int | None
    kinds: list[CoreNotificationKindInput]

class CoreUpdateOutgoingMailInput(TypedDict, total=False):
    target: Leads
    print: str
    to: str
    name: str | None
    subject: str
    body: str | None
    reader: str | None
    state: Literal['queued', 'sent', 'failed'] | None

class CoreUpdateSavedViewInput(TypedDict, total=False):
    name: str
    object: str
    kind: Literal['table', 'kanban', 'calendar', 'gantt', 'timeline', 'gallery', 'pivot', 'chart']
    filter: str | None
    sort: str | None
    columns: list[str]
    options: Any
    group: str | None
    scope: Literal['personal', 'team', 'role', 'everyone']
    team: str | None
    role: str | None

class CoreUpdateScheduleInput(TypedDict, total=False):
    company: str | None
    name: str
    cron: str
    zone: str
    action: str
    record: str | None
    input: Any
    active: bool | None

class CoreUpdateShareInput(TypedDict, total=False):
    target: Leads
    user: str | None
    team: str | None
    role: str | None
    right: Literal['read', 'comment', 'write']
    expires_at: str | None

class CoreUpdateTagInput(TypedDict, total=False):
    name: str
    colour: str | None

class CoreUpdateTaggingInput(TypedDict, total=False):
    target: Leads
    tag: str

class CoreUpdateTeamInput(TypedDict, total=False):
    name: str

class CoreUpdateTemplateInput(TypedDict, total=False):
    name: str
    object: str
    values: Any
    shared: bool | None

class CoreUpdateTranslationInput(TypedDict, total=False):
    target: Leads
    field: str
    language: str
    text: str

class CoreUpdateUserInput(TypedDict, total=False):
    name: str
    email: str
    roles: list[str]
    team: str | None
    companies: list[str]
    company: str | None
    active: bool | None
    password: str | None

class CoreUseTemplateInput(TypedDict, total=False):
    """What the new record has instead of the template's values, and beside them."""
    values: dict[str, Any]

class CoreUser(TypedDict, total=False):
    """User"""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    name: str | None
    email: str | None
    roles: list[str]
    team: str | None
    companies: list[str]
    company: str | None
    active: bool | None
    password: bool | None
    mail_key: bool | None

class Country(TypedDict, total=False):
    code: Required[str]
    currency: Required[str]

class Credentials(TypedDict, total=False):
    email: Required[str]
    password: Required[str]
    tenant: str | None

class CrmActivity(TypedDict, total=False):
    """A call, meeting, e-mail, task or note that moves a lead or a deal on."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    kind: Literal['call', 'meeting', 'email', 'task', 'note'] | None
    subject: str | None
    due: str | None
    done: bool | None
    done_on: str | None
    owner: str | None
    deal: str | None
    lead: str | None
    party: str | None
    outcome: str | None
    notes: str | None

class CrmCompleteActivityInput(TypedDict, total=False):
    """What came of the activity, and what comes next."""
    outcome: str | None
    next: str | None
    next_due: str | None

class CrmConvertLeadInput(TypedDict, total=False):
    """What the deal begins with; left out, it is taken from the lead."""
    title: str | None
    amount: str | dict[str, Any] | None
    expected_close: str | None

class CrmCopyActivityInput(TypedDict, total=False):
    kind: Literal['call', 'meeting', 'email', 'task', 'note']
    subject: str
    due: str | None
    done: bool | None
    owner: str | None
    deal: str | None
    lead: str | None
    party: str | None
    outcome: str | None
    notes: str | None

class CrmCopyDealInput(TypedDict, total=False):
    company: str | None
    title: str
    party: str
    contact: str | None
    amount: MoneyInput | None
    probability: str | int | None
    expected_close: str | None
    owner: str | None
    source: Literal['web', 'referral', 'event', 'campaign', 'import'] | None
    lost_reason: str | None
    tags: list[str]
    notes: str | None
    stage: Literal['new', 'qualified', 'proposal', 'negotiation', 'won', 'lost'] | None

class CrmCopyLeadInput(TypedDict, total=False):
    company: str | None
    name: str
    organisation: str | None
    email: str | None
    phone: str | None
    source: Literal['web', 'referral', 'event', 'campaign', 'import'] | None
    interest: str | None
    budget: MoneyInput | None
    owner: str | None
    lost_reason: str | None
    state: Literal['new', 'contacted', 'qualified', 'converted', 'lost'] | None

class CrmCreateActivityInput(TypedDict, total=False):
    id: str
    kind: Literal['call', 'meeting', 'email', 'task', 'note']
    subject: Required[str]
    due: str | None
    done: bool | None
    owner: str | None
    deal: str | None
    lead: str | None
    party: str | None
    outcome: str | None
    notes: str | None

class CrmCreateDealInput(TypedDict, total=False):
    id: str
    company: str | None
    title: Required[str]
    party: Required[str]
    contact: str | None
    amount: MoneyInput | None
    probability: str | int | None
    expected_close: str | None
    owner: str | None
    source: Literal['web', 'referral', 'event', 'campaign', 'import'] | None
    lost_reason: str | None
    tags: list[str]
    notes: str | None
    stage: Literal['new', 'qualified', 'proposal', 'negotiation', 'won', 'lost'] | None

class CrmCreateLeadInput(TypedDict, total=False):
    id: str
    company: str | None
    name: Required[str]
    organisation: str | None
    email: str | None
    phone: str | None
    source: Literal['web', 'referral', 'event', 'campaign', 'import'] | None
    interest: str | None
    budget: MoneyInput | None
    owner: str | None
    lost_reason: str | None
    state: Literal['new', 'contacted', 'qualified', 'converted', 'lost'] | None

class CrmDeal(TypedDict, total=False):
    """A sale in the making: what it is worth, how likely it is and when it closes."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    title: str | None
    party: str | None
    contact: str | None
    amount: Money | None
    probability: str | None
    expected: Money | None
    expected_close: str | None
    owner: str | None
    source: Literal['web', 'referral', 'event', 'campaign', 'import'] | None
    next_activity: str | None
    closed_on: str | None
    lost_reason: str | None
    lead: str | None
    tags: list[str]
    notes: str | None
    stage: Literal['new', 'qualified', 'proposal', 'negotiation', 'won', 'lost'] | None

class CrmLead(TypedDict, total=False):
    """Somebody who may buy; once qualified, a lead becomes a contact and a deal."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    name: str | None
    organisation: str | None
    email: str | None
    phone: str | None
    source: Literal['web', 'referral', 'event', 'campaign', 'import'] | None
    interest: str | None
    budget: Money | None
    owner: str | None
    score: int | None
    lost_reason: str | None
    next_activity: str | None
    party: str | None
    deal: str | None
    state: Literal['new', 'contacted', 'qualified', 'converted', 'lost'] | None

class CrmUpdateActivityInput(TypedDict, total=False):
    kind: Literal['call', 'meeting', 'email', 'task', 'note']
    subject: str
    due: str | None
    done: bool | None
    owner: str | None
    deal: str | None
    lead: str | None
    party: str | None
    outcome: str | None
    notes: str | None

class CrmUpdateDealInput(TypedDict, total=False):
    company: str | None
    title: str
    party: str
    contact: str | None
    amount: MoneyInput | None
    probability: str | int | None
    expected_close: str | None
    owner: str | None
    source: Literal['web', 'referral', 'event', 'campaign', 'import'] | None
    lost_reason: str | None
    tags: list[str]
    notes: str | None
    stage: Literal['new', 'qualified', 'proposal', 'negotiation', 'won', 'lost'] | None

class CrmUpdateLeadInput(TypedDict, total=False):
    company: str | None
    name: str
    organisation: str | None
    email: str | None
    phone: str | None
    source: Literal['web', 'referral', 'event', 'campaign', 'import'] | None
    interest: str | None
    budget: MoneyInput | None
    owner: str | None
    lost_reason: str | None
    state: Literal['new', 'contacted', 'qualified', 'converted', 'lost'] | None

class DemoUser(TypedDict, total=False):
    email: Required[str]
    title: Required[str]

class Difference(TypedDict, total=False):
    id: Required[str]
    title: Required[str]
    fate: Required[Literal['created', 'changed', 'deleted', 'same']]
    changes: Required[list[ToldChange]]

class Differences(TypedDict, total=False):
    created: Required[int]
    changed: Required[int]
    deleted: Required[int]
    data: Required[list[Difference]]

class Duplicates(TypedDict, total=False):
    data: Required[list[Likeness]]

class Event(TypedDict, total=False):
    seq: Required[int]
    at: Required[str]
    action: Required[str]
    verb: Required[Literal['create', 'update', 'delete', 'restore']]
    run: Required[str]
    app: Required[str]
    object: Required[str]
    record: Required[str]
    version: int
    user: Required[dict[str, Any]]
    fields: Required[list[FieldChange]]

class EventPage(TypedDict, total=False):
    data: Required[list[Event]]
    next: Required[int | None]

class Explanation(TypedDict, total=False):
    object: Required[str]
    verb: Required[str]
    record: Required[str | None]
    user: Required[str]
    allowed: Required[bool]
    summary: Required[str]
    reasons: Required[list[Reason]]

FieldChange = TypedDict("FieldChange", {
    "field": 'Required[str]',
    "from": 'Required[Any]',
    "to": 'Required[Any]',
}, total=False)

class FieldError(TypedDict, total=False):
    field: Required[str]
    rule: Required[str]
    message: Required[str]

class Figures(TypedDict, total=False):
    data: Required[list[dict[str, Any]]]

class FinanceAccount(TypedDict, total=False):
    """A line of the chart of accounts: what the company owns, owes, earns and spends."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    code: str | None
    name: str | None
    full_name: str | None
    type: Literal['asset', 'asset_receivable', 'asset_bank', 'asset_cash', 'asset_current', 'asset_fixed', 'liability', 'liability_payable', 'liability_current', 'liability_tax', 'liability_long_term', 'equity', 'equity_retained', 'income', 'income_other', 'expense', 'expense_cost', 'expense_depreciation'] | None
    heading: bool | None
    active: bool | None
    notes: str | None

class FinanceAllocateCreditNoteInput(TypedDict, total=False):
    """The invoice that a credit note is set against."""
    invoice: Required[str]
    amount: str | dict[str, Any] | None

class FinanceAllocatePaymentInput(TypedDict, total=False):
    """The documents that a payment settles besides."""
    allocations: Required[list[FinanceAllocatePaymentInputAllocation]]

class FinanceAllocatePaymentInputAllocation(TypedDict, total=False):
    """A part of the payment for one document."""
    document: Required[str]
    amount: Required[str | dict[str, Any]]

class FinanceBill(TypedDict, total=False):
    """What is owed to a supplier for what was bought."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    title: str | None
    number: str | None
    party: str | None
    date: str | None
    due: str | None
    terms: str | None
    reference: str | None
    lines: list[FinanceBillLine]
    tax_lines: list[FinanceBillTax]
    currency: str | None
    rate: str | None
    untaxed: Money | None
    tax: Money | None
    total: Money | None
    open: Money | None
    open_base: Money | None
    notes: str | None
    account: str | None
    entry: str | None
    state: Literal['draft', 'posted', 'paid', 'reversed'] | None

class FinanceBillLine(TypedDict, total=False):
    """What is sold or bought, for how much and with which taxes."""
    id: Required[str]
    position: int
    description: str | None
    quantity: str | None
    unit: str | None
    unit_price: Money | None
    discount: str | None
    taxes: list[str]
    account: str | None
    amount: Money | None

class FinanceBillLineInput(TypedDict, total=False):
    id: str
    description: str
    quantity: str | int
    unit: str | None
    unit_price: MoneyInput
    discount: str | int | None
    taxes: list[str]
    account: str | None

class FinanceBillTax(TypedDict, total=False):
    """One tax of the whole document, kept as it was computed."""
    id: Required[str]
    position: int
    tax: str | None
    name: str | None
    base: Money | None
    amount: Money | None

class FinanceBillTaxInput(TypedDict, total=False):
    id: str

class FinanceCopyAccountInput(TypedDict, total=False):
    company: str | None
    code: str
    name: str
    type: Literal['asset', 'asset_receivable', 'asset_bank', 'asset_cash', 'asset_current', 'asset_fixed', 'liability', 'liability_payable', 'liability_current', 'liability_tax', 'liability_long_term', 'equity', 'equity_retained', 'income', 'income_other', 'expense', 'expense_cost', 'expense_depreciation']
    parent: str | None
    heading: bool | None
    active: bool | None
    notes: str | None

class FinanceCopyBillInput(TypedDict, total=False):
    company: str | None
    party: str
    date: str
    due: str | None
    terms: str | None
    reference: str | None
    lines: list[FinanceBillLineInput]
    currency: str | None
    rate: str | int | None
    notes: str | None
    state: Literal['draft', 'posted', 'paid', 'reversed'] | None

class FinanceCopyCreditNoteInput(TypedDict, total=False):
    company: str | None
    party: str
    date: str
    invoice: str | None
    reason: str | None
    reference: str | None
    lines: list[FinanceCreditNoteLineInput]
    currency: str | None
    rate: str | int | None
    notes: str | None
    state: Literal['draft', 'posted', 'paid', 'reversed'] | None

class FinanceCopyExchangeRateInput(TypedDict, total=False):
    company: str | None
    currency: str
    date: str
    rate: str | int

class FinanceCopyFiscalYearInput(TypedDict, total=False):
    company: str | None
    name: str
    start: str
    end: str
    state: Literal['open', 'locked'] | None

class FinanceCopyInvoiceInput(TypedDict, total=False):
    company: str | None
    party: str
    date: str
    due: str | None
    terms: str | None
    reference: str | None
    lines: list[FinanceInvoiceLineInput]
    currency: str | None
    rate: str | int | None
    notes: str | None
    state: Literal['draft', 'posted', 'paid', 'reversed'] | None

class FinanceCopyJournalEntryInput(TypedDict, total=False):
    company: str | None
    journal: str | None
    date: str
    reference: str | None
    lines: list[FinanceJournalEntryLineInput]
    state: Literal['draft', 'posted'] | None

class FinanceCopyJournalInput(TypedDict, total=False):
    company: str | None
    code: str
    name: str
    kind: Literal['sale', 'purchase', 'bank', 'cash', 'general']
    account: str | None
    active: bool | None

class FinanceCopyPaymentInput(TypedDict, total=False):
    company: str | None
    direction: Literal['inbound', 'outbound']
    party: str | None
    date: str
    amount: MoneyInput
    currency: str | None
    rate: str | int | None
    account: str | None
    reference: str | None
    allocations: list[FinancePaymentAllocationInput]
    write_off: MoneyInput | None
    write_off_account: str | None
    state: Literal['draft', 'posted', 'reversed'] | None

class FinanceCopyPaymentTermsInput(TypedDict, total=False):
    company: str | None
    name: str
    days: int
    end_of_month: bool | None

class FinanceCopySettingsInput(TypedDict, total=False):
    company: str | None
    name: str
    locked_until: str | None
    year_end_month: int
    receivable_account: str | None
    payable_account: str | None
    income_account: str | None
    expense_account: str | None
    tax_account: str | None
    purchase_tax_account: str | None
    write_off_account: str | None
    exchange_gain_account: str | None
    exchange_loss_account: str | None
    sale_journal: str | None
    purchase_journal: str | None
    bank_journal: str | None
    general_journal: str | None
    payment_terms: str | None
    document_footer: str | None

class FinanceCopyTaxInput(TypedDict, total=False):
    company: str | None
    code: str
    name: str | None
    kind: Literal['percent', 'fixed', 'group']
    rate: str | int | None
    included: bool | None
    applies_to: Literal['sales', 'purchases', 'both'] | None
    account: str | None
    purchase_account: str | None
    members: list[str]
    active: bool | None

class FinanceCreateAccountInput(TypedDict, total=False):
    id: str
    company: str | None
    code: Required[str]
    name: Required[str]
    type: Required[Literal['asset', 'asset_receivable', 'asset_bank', 'asset_cash', 'asset_current', 'asset_fixed', 'liability', 'liability_payable', 'liability_current', 'liability_tax', 'liability_long_term', 'equity', 'equity_retained', 'income', 'income_other', 'expense', 'expense_cost', 'expense_depreciation']]
    parent: str | None
    heading: bool | None
    active: bool | None
    notes: str | None

class FinanceCreateBillInput(TypedDict, total=False):
    id: str
    company: str | None
    party: Required[str]
    date: str
    due: str | None
    terms: str | None
    reference: str | None
    lines: list[FinanceBillLineInput]
    currency: str | None
    rate: str | int | None
    notes: str | None
    state: Literal['draft', 'posted', 'paid', 'reversed'] | None

class FinanceCreateCreditNoteInput(TypedDict, total=False):
    id: str
    company: str | None
    party: Required[str]
    date: str
    invoice: str | None
    reason: str | None
    reference: str | None
    lines: list[FinanceCreditNoteLineInput]
    currency: str | None
    rate: str | int | None
    notes: str | None
    state: Literal['draft', 'posted', 'paid', 'reversed'] | None

class FinanceCreateExchangeRateInput(TypedDict, total=False):
    id: str
    company: str | None
    currency: Required[str]
    date: str
    rate: Required[str | int]

class FinanceCreateFiscalYearInput(TypedDict, total=False):
    id: str
    company: str | None
    name: Required[str]
    start: Required[str]
    end: Required[str]
    state: Literal['open', 'locked'] | None

class FinanceCreateInvoiceInput(TypedDict, total=False):
    id: str
    company: str | None
    party: Required[str]
    date: str
    due: str | None
    terms: str | None
    reference: str | None
    lines: list[FinanceInvoiceLineInput]
    currency: str | None
    rate: str | int | None
    notes: str | None
    state: Literal['draft', 'posted', 'paid', 'reversed'] | None

class FinanceCreateJournalEntryInput(TypedDict, total=False):
    id: str
    company: str | None
    journal: str | None
    date: str
    reference: str | None
    lines: list[FinanceJournalEntryLineInput]
    state: Literal['draft', 'posted'] | None

class FinanceCreateJournalInput(TypedDict, total=False):
    id: str
    company: str | None
    code: Required[str]
    name: Required[str]
    kind: Literal['sale', 'purchase', 'bank', 'cash', 'general']
    account: str | None
    active: bool | None

class FinanceCreatePaymentInput(TypedDict, total=False):
    id: str
    company: str | None
    direction: Literal['inbound', 'outbound']
    party: str | None
    date: str
    amount: Required[MoneyInput]
    currency: str | None
    rate: str | int | None
    account: str | None
    reference: str | None
    allocations: list[FinancePaymentAllocationInput]
    write_off: MoneyInput | None
    write_off_account: str | None
    state: Literal['draft', 'posted', 'reversed'] | None

class FinanceCreatePaymentTermsInput(TypedDict, total=False):
    id: str
    company: str | None
    name: Required[str]
    days: int
    end_of_month: bool | None

class FinanceCreateSettingsInput(TypedDict, total=False):
    id: str
    company: str | None
    name: str
    locked_until: str | None
    year_end_month: int
    receivable_account: str | None
    payable_account: str | None
    income_account: str | None
    expense_account: str | None
    tax_account: str | None
    purchase_tax_account: str | None
    write_off_account: str | None
    exchange_gain_account: str | None
    exchange_loss_account: str | None
    sale_journal: str | None
    purchase_journal: str | None
    bank_journal: str | None
    general_journal: str | None
    payment_terms: str | None
    document_footer: str | None

class FinanceCreateTaxInput(TypedDict, total=False):
    id: str
    company: str | None
    code: Required[str]
    name: str | None
    kind: Literal['percent', 'fixed', 'group']
    rate: str | int | None
    included: bool | None
    applies_to: Literal['sales', 'purchases', 'both'] | None
    account: str | None
    purchase_account: str | None
    members: list[str]
    active: bool | None

class FinanceCreditNote(TypedDict, total=False):
    """Gives a customer back what an invoice charged, in whole or in part."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    title: str | None
    number: str | None
    party: str | None
    date: str | None
    invoice: str | None
    reason: str | None
    reference: str | None
    lines: list[FinanceCreditNoteLine]
    tax_lines: list[FinanceCreditNoteTax]
    allocations: list[FinanceCreditNoteAllocation]
    currency: str | None
    rate: str | None
    untaxed: Money | None
    tax: Money | None
    total: Money | None
    open: Money | None
    open_base: Money | None
    notes: str | None
    sent_at: str | None
    account: str | None
    entry: str | None
    state: Literal['draft', 'posted', 'paid', 'reversed'] | None

class FinanceCreditNoteAllocation(TypedDict, total=False):
    """The part of a credit note that settles an invoice."""
    id: Required[str]
    position: int
    invoice: str | None
    amount: Money | None
    base: Money | None
    entry: str | None

class FinanceCreditNoteAllocationInput(TypedDict, total=False):
    id: str
    invoice: str
    amount: MoneyInput

class FinanceCreditNoteLine(TypedDict, total=False):
    """What is sold or bought, for how much and with which taxes."""
    id: Required[str]
    position: int
    description: str | None
    quantity: str | None
    unit: str | None
    unit_price: Money | None
    discount: str | None
    taxes: list[str]
    account: str | None
    amount: Money | None

class FinanceCreditNoteLineInput(TypedDict, total=False):
    id: str
    description: str
    quantity: str | int
    unit: str | None
    unit_price: MoneyInput
    discount: str | int | None
    taxes: list[str]
    account: str | None

class FinanceCreditNoteTax(TypedDict, total=False):
    """One tax of the whole document, kept as it was computed."""
    id: Required[str]
    position: int
    tax: str | None
    name: str | None
    base: Money | None
    amount: Money | None

class FinanceCreditNoteTaxInput(TypedDict, total=False):
    id: str

class FinanceExchangeRate(TypedDict, total=False):
    """What a currency was worth on a day. Documents take the latest rate that is not after their date."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    currency: str | None
    date: str | None
    rate: str | None

class FinanceFiscalYear(TypedDict, total=False):
    """A year of the books. Locked, nothing in it can be posted or changed any more."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    name: str | None
    start: str | None
    end: str | None
    state: Literal['open', 'locked'] | None

class FinanceInvoice(TypedDict, total=False):
    """What a customer owes for what was sold. Posted, it is in the books and only a credit note takes it back."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    title: str | None
    number: str | None
    party: str | None
    date: str | None
    due: str | None
    terms: str | None
    reference: str | None
    lines: list[FinanceInvoiceLine]
    tax_lines: list[FinanceInvoiceTax]
    currency: str | None
    rate: str | None
    untaxed: Money | None
    tax: Money | None
    total: Money | None
    open: Money | None
    open_base: Money | None
    notes: str | None
    sent_at: str | None
    account: str | None
    entry: str | None
    credited_by: str | None
    state: Literal['draft', 'posted', 'paid', 'reversed'] | None

class FinanceInvoiceLine(TypedDict, total=False):
    """What is sold or bought, for how much and with which taxes."""
    id: Required[str]
    position: int
    description: str | None
    quantity: str | None
    unit: str | None
    unit_price: Money | None
    discount: str | None
    taxes: list[str]
    account: str | None
    amount: Money | None

class FinanceInvoiceLineInput(TypedDict, total=False):
    id: str
    description: str
    quantity: str | int
    unit: str | None
    unit_price: MoneyInput
    discount: str | int | None
    taxes: list[str]
    account: str | None

class FinanceInvoiceTax(TypedDict, total=False):
    """One tax of the whole document, kept as it was computed."""
    id: Required[str]
    position: int
    tax: str | None
    name: str | None
    base: Money | None
    amount: Money | None

class FinanceInvoiceTaxInput(TypedDict, total=False):
    id: str

class FinanceJournal(TypedDict, total=False):
    """A book of entries of one kind, numbered without gaps in each fiscal year."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    code: str | None
    name: str | None
    kind: Literal['sale', 'purchase', 'bank', 'cash', 'general'] | None
    account: str | None
    active: bool | None

class FinanceJournalEntry(TypedDict, total=False):
    """One transaction in the books. It balances in every currency, and once posted it is never changed, only
    reversed."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    title: str | None
    number: str | None
    journal: str | None
    date: str | None
    reference: str | None
    lines: list[FinanceJournalEntryLine]
    source: Literal['manual', 'invoice', 'credit_note', 'bill', 'payment'] | None
    reverses: str | None
    reversed_by: str | None
    state: Literal['draft', 'posted'] | None

class FinanceJournalEntryLine(TypedDict, total=False):
    """One account debited or credited."""
    id: Required[str]
    position: int
    account: str | None
    party: str | None
    label: str | None
    debit: Money | None
    credit: Money | None
    currency: str | None
    rate: str | None
    balance: Money | None
    date: str | None
    tax: str | None

class FinanceJournalEntryLineInput(TypedDict, total=False):
    id: str
    account: str
    party: str | None
    label: str | None
    debit: MoneyInput | None
    credit: MoneyInput | None
    currency: str | None
    rate: str | int | None

class FinancePayBillInput(TypedDict, total=False):
    """What was paid of a document, when and how."""
    amount: str | dict[str, Any] | None
    date: str | None
    account: str | None
    reference: str | None
    write_off: bool
    write_off_account: str | None
    rate: str | None

class FinancePayInvoiceInput(TypedDict, total=False):
    """What was paid of a document, when and how."""
    amount: str | dict[str, Any] | None
    date: str | None
    account: str | None
    reference: str | None
    write_off: bool
    write_off_account: str | None
    rate: str | None

class FinancePayment(TypedDict, total=False):
    """Money received or paid out, and the documents it settles. What settles nothing yet stays open as credit."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    title: str | None
    number: str | None
    direction: Literal['inbound', 'outbound'] | None
    party: str | None
    date: str | None
    amount: Money | None
    currency: str | None
    rate: str | None
    account: str | None
    reference: str | None
    allocations: list[FinancePaymentAllocation]
    write_off: Money | None
    write_off_account: str | None
    open: Money | None
    counter_account: str | None
    entry: str | None
    reversal: str | None
    state: Literal['draft', 'posted', 'reversed'] | None

class FinancePaymentAllocation(TypedDict, total=False):
    """The part of a payment that settles a document."""
    id: Required[str]
    position: int
    document: str | None
    invoice: str | None
    bill: str | None
    credit_note: str | None
    amount: Money | None
    base: Money | None
    entry: str | None

class FinancePaymentAllocationInput(TypedDict, total=False):
    id: str
    document: str | None
    invoice: str | None
    bill: str | None
    credit_note: str | None
    amount: MoneyInput

class FinancePaymentTerms(TypedDict, total=False):
    """When a document falls due."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    name: str | None
    days: int | None
    end_of_month: bool | None

class FinanceRefundCreditNoteInput(TypedDict, total=False):
    """What was paid of a document, when and how."""
    amount: str | dict[str, Any] | None
    date: str | None
    account: str | None
    reference: str | None
    write_off: bool
    write_off_account: str | None
    rate: str | None

class FinanceReinstateInvoiceInput(TypedDict, total=False):
    """When an entry is taken back."""
    date: str | None

class FinanceReverseBillInput(TypedDict, total=False):
    """When an entry is taken back."""
    date: str | None

class FinanceReverseCreditNoteInput(TypedDict, total=False):
    """When an entry is taken back."""
    date: str | None

class FinanceReverseInvoiceInput(TypedDict, total=False):
    """When something is taken back, and why."""
    date: str | None
    reason: str | None

class FinanceReverseJournalEntryInput(TypedDict, total=False):
    """When an entry is taken back."""
    date: str | None

class FinanceReversePaymentInput(TypedDict, total=False):
    """When an entry is taken back."""
    date: str | None

class FinanceSendCreditNoteInput(TypedDict, total=False):
    """Where a document is sent."""
    to: str | None
    message: str | None

class FinanceSendInvoiceInput(TypedDict, total=False):
    """Where a document is sent."""
    to: str | None
    message: str | None

class FinanceSettings(TypedDict, total=False):
    """The accounts and journals that postings use when a document names none, and the day up to which the books are
    locked."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    name: str | None
    locked_until: str | None
    year_end_month: int | None
    receivable_account: str | None
    payable_account: str | None
    income_account: str | None
    expense_account: str | None
    tax_account: str | None
    purchase_tax_account: str | None
    write_off_account: str | None
    exchange_gain_account: str | None
    exchange_loss_account: str | None
    sale_journal: str | None
    purchase_journal: str | None
    bank_journal: str | None
    general_journal: str | None
    payment_terms: str | None
    document_footer: str | None

class FinanceTax(TypedDict, total=False):
    """A tax on sales or purchases, with the accounts it is recorded on."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    code: str | None
    name: str | None
    kind: Literal['percent', 'fixed', 'group'] | None
    rate: str | None
    included: bool | None
    applies_to: Literal['sales', 'purchases', 'both'] | None
    account: str | None
    purchase_account: str | None
    members: list[str]
    active: bool | None

class FinanceUpdateAccountInput(TypedDict, total=False):
    company: str | None
    code: str
    name: str
    type: Literal['asset', 'asset_receivable', 'asset_bank', 'asset_cash', 'asset_current', 'asset_fixed', 'liability', 'liability_payable', 'liability_current', 'liability_tax', 'liability_long_term', 'equity', 'equity_retained', 'income', 'income_other', 'expense', 'expense_cost', 'expense_depreciation']
    parent: str | None
    heading: bool | None
    active: bool | None
    notes: str | None

class FinanceUpdateBillInput(TypedDict, total=False):
    company: str | None
    party: str
    date: str
    due: str | None
    terms: str | None
    reference: str | None
    lines: list[FinanceBillLineInput]
    currency: str | None
    rate: str | int | None
    notes: str | None
    state: Literal['draft', 'posted', 'paid', 'reversed'] | None

class FinanceUpdateCreditNoteInput(TypedDict, total=False):
    company: str | None
    party: str
    date: str
    invoice: str | None
    reason: str | None
    reference: str | None
    lines: list[FinanceCreditNoteLineInput]
    currency: str | None
    rate: str | int | None
    notes: str | None
    state: Literal['draft', 'posted', 'paid', 'reversed'] | None

class FinanceUpdateExchangeRateInput(TypedDict, total=False):
    company: str | None
    currency: str
    date: str
    rate: str | int

class FinanceUpdateFiscalYearInput(TypedDict, total=False):
    company: str | None
    name: str
    start: str
    end: str
    state: Literal['open', 'locked'] | None

class FinanceUpdateInvoiceInput(TypedDict, total=False):
    company: str | None
    party: str
    date: str
    due: str | None
    terms: str | None
    reference: str | None
    lines: list[FinanceInvoiceLineInput]
    currency: str | None
    rate: str | int | None
    notes: str | None
    state: Literal['draft', 'posted', 'paid', 'reversed'] | None

class FinanceUpdateJournalEntryInput(TypedDict, total=False):
    company: str | None
    journal: str | None
    date: str
    reference: str | None
    lines: list[FinanceJournalEntryLineInput]
    state: Literal['draft', 'posted'] | None

class FinanceUpdateJournalInput(TypedDict, total=False):
    company: str | None
    code: str
    name: str
    kind: Literal['sale', 'purchase', 'bank', 'cash', 'general']
    account: str | None
    active: bool | None

class FinanceUpdatePaymentInput(TypedDict, total=False):
    company: str | None
    direction: Literal['inbound', 'outbound']
    party: str | None
    date: str
    amount: MoneyInput
    currency: str | None
    rate: str | int | None
    account: str | None
    reference: str | None
    allocations: list[FinancePaymentAllocationInput]
    write_off: MoneyInput | None
    write_off_account: str | None
    state: Literal['draft', 'posted', 'reversed'] | None

class FinanceUpdatePaymentTermsInput(TypedDict, total=False):
    company: str | None
    name: str
    days: int
    end_of_month: bool | None

class FinanceUpdateSettingsInput(TypedDict, total=False):
    company: str | None
    name: str
    locked_until: str | None
    year_end_month: int
    receivable_account: str | None
    payable_account: str | None
    income_account: str | None
    expense_account: str | None
    tax_account: str | None
    purchase_tax_account: str | None
    write_off_account: str | None
    exchange_gain_account: str | None
    exchange_loss_account: str | None
    sale_journal: str | None
    purchase_journal: str | None
    bank_journal: str | None
    general_journal: str | None
    payment_terms: str | None
    document_footer: str | None

class FinanceUpdateTaxInput(TypedDict, total=False):
    company: str | None
    code: str
    name: str | None
    kind: Literal['percent', 'fixed', 'group']
    rate: str | int | None
    included: bool | None
    applies_to: Literal['sales', 'purchases', 'both'] | None
    account: str | None
    purchase_account: str | None
    members: list[str]
    active: bool | None

class FirstCompany(TypedDict, total=False):
    key: Required[str]
    company: Required[str]
    country: Required[str]
    currency: Required[str]
    name: Required[str]
    email: Required[str]
    password: Required[str]
    demo: bool

class Geo(TypedDict, total=False):
    """Degrees, WGS 84"""
    latitude: Required[str]
    longitude: Required[str]

class HubCopyDashboardInput(TypedDict, total=False):
    name: str
    owner: str
    shared: bool | None
    tiles: list[HubTileInput]

class HubCreateDashboardInput(TypedDict, total=False):
    id: str
    name: Required[str]
    owner: str
    shared: bool | None
    tiles: list[HubTileInput]

class HubDashboard(TypedDict, total=False):
    """Tiles from any app. Whoever looks at it sees what their own rights show."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    name: str | None
    owner: str | None
    shared: bool | None
    tiles: list[HubTile]

class HubSendDashboardInput(TypedDict, total=False):
    """Who is sent it."""
    to: Required[list[str]]

class HubTile(TypedDict, total=False):
    """Tile"""
    id: Required[str]
    position: int
    title: str | None
    kind: Literal['figure', 'list', 'chart', 'report'] | None
    source: str | None
    filter: str | None
    measure: str | None
    group: str | None
    chart: Literal['bar', 'line', 'area', 'pie'] | None
    sort: str | None
    fields: str | None
    table: bool | None
    width: int | None
    height: int | None

class HubTileInput(TypedDict, total=False):
    id: str
    title: str
    kind: Literal['figure', 'list', 'chart', 'report']
    source: str
    filter: str | None
    measure: str | None
    group: str | None
    chart: Literal['bar', 'line', 'area', 'pie'] | None
    sort: str | None
    fields: str | None
    table: bool | None
    width: int | None
    height: int | None

class HubUpdateDashboardInput(TypedDict, total=False):
    name: str
    owner: str
    shared: bool | None
    tiles: list[HubTileInput]

class ImportReport(TypedDict, total=False):
    run: Required[str]
    rows: Required[int]
    created: Required[int]
    updated: Required[int]
    unchanged: Required[int]
    rejected_count: Required[int]
    rejected: Required[list[Reject]]
    preview: list[Change]
    file: Required[dict[str, Any]]

class Inspection(TypedDict, total=False):
    """What a file seems to be."""
    file: Required[InspectionFileFormat]
    sheets: Required[list[str]]
    columns: Required[list[InspectionGuess]]
    mapping: Required[InspectionMapping]
    questions: Required[list[InspectionQuestion]]
    saved: str | None
    problem: str | None

class InspectionFileFormat(TypedDict, total=False):
    """The form of the file. What is left out is made out from the file itself."""
    form: InspectionForm | None
    encoding: str | None
    delimiter: str | None
    quote: str | None
    heading: int | None
    columns: list[str]
    widths: list[int]
    sheet: str | None
    dates: str | None
    decimal: str | None

class InspectionGuess(TypedDict, total=False):
    """What a column seems to be."""
    column: Required[str]
    field: str | None
    confidence: Required[int]
    reason: Required[str]
    sample: Required[list[str]]

class InspectionMapping(TypedDict, total=False):
    """What a mapping says; the defaults read a file whose headings are the object's fields."""
    file: InspectionFileFormat
    map: dict[str, Any]
    key: str | None
    create: list[str]
    step: list[InspectionStepMapping]

class InspectionQuestion(TypedDict, total=False):
    """What the first rows do not tell and the caller has to say."""
    about: Required[str]
    message: Required[str]
    choices: Required[list[str]]

class InspectionStepMapping(TypedDict, total=False):
    """One record that a row becomes, or one action that it runs."""
    name: str
    object: str
    find: str | None
    when: str | None
    set: dict[str, Any]
    record: str | None
    action: str | None
    input: dict[str, Any]

class Leads(TypedDict, total=False):
    """A record of one of several objects"""
    object: Required[str]
    id: Required[str]

class Likeness(TypedDict, total=False):
    records: Required[list[Titled]]
    reasons: Required[list[Why]]

class Meta(TypedDict, total=False):
    """The whole of `/meta`."""
    user: Required[User]
    tenant: Required[Tenant]
    company: Required[MetaCompany | None]
    companies: Required[list[MetaCompany]]
    apps: Required[list[MetaApp]]

class MetaAction(TypedDict, total=False):
    """An action as buttons, tools and documents need it."""
    name: Required[str]
    action: Required[str]
    label: Required[str]
    about: Required[str]
    effect: Required[Effect]
    on: Required[MetaTarget]
    when: Required[str | None]
    input: Required[dict[str, Any]]

class MetaApp(TypedDict, total=False):
    name: Required[str]
    label: Required[str]
    icon: Required[str]
    suite: Required[str]
    about: Required[str]
    objects: Required[list[MetaObject]]
    reports: Required[list[MetaReport]]

class MetaChart(TypedDict, total=False):
    kind: Required[ChartKind]
    x: Required[str]
    y: Required[str]
    series: Required[str | None]

class MetaChoice(TypedDict, total=False):
    value: Required[str]
    label: Required[str]

class MetaColumn(TypedDict, total=False):
    key: Required[str]
    label: Required[str]
    type: Required[Literal['text', 'long_text', 'rich_text', 'markdown', 'code', 'integer', 'duration', 'rating', 'decimal', 'money', 'quantity', 'rate', 'percent', 'boolean', 'date', 'datetime', 'choice', 'choices', 'tags', 'link', 'dynamic_link', 'links', 'table', 'file', 'image', 'signature', 'address', 'geo', 'colour', 'barcode', 'phone', 'email', 'url', 'person_name', 'sequence', 'secret', 'json', 'id']]
    to: Required[str | None]
    of: Required[list[MetaChoice]]

class MetaCompany(TypedDict, total=False):
    """A legal entity."""
    id: Required[str]
    name: Required[str]
    country: Required[str]
    currency: Required[str]

class MetaField(TypedDict, total=False):
    name: Required[str]
    label: Required[str]
    type: Required[Literal['text', 'long_text', 'rich_text', 'markdown', 'code', 'integer', 'duration', 'rating', 'decimal', 'money', 'quantity', 'rate', 'percent', 'boolean', 'date', 'datetime', 'choice', 'choices', 'tags', 'link', 'dynamic_link', 'links', 'table', 'file', 'image', 'signature', 'address', 'geo', 'colour', 'barcode', 'phone', 'email', 'url', 'person_name', 'sequence', 'secret', 'json', 'id']]
    of: Required[list[MetaChoice]]
    to: Required[str | None]
    to_any: Required[list[str]]
    required: Required[bool]
    readonly: Required[bool]
    set_once: Required[bool]
    mutable: Required[bool]
    computed: Required[bool]
    system: Required[bool]
    in_list: Required[bool]
    in_filter: Required[bool]
    search: Required[bool]
    translatable: Required[bool]
    sortable: Required[bool]
    default: Required[Any]
    fetch: Required[str | None]
    copied: Required[bool]
    min: Required[str | None]
    max: Required[str | None]
    pattern: Required[str | None]
    unit: Required[str | None]
    help: Required[str | None]
    personal: Required[str | None]
    visible_when: Required[str | None]
    required_when: Required[str | None]
    readonly_when: Required[str | None]
    due_when: Required[str | None]

class MetaObject(TypedDict, total=False):
    name: Required[str]
    path: Required[str]
    label: Required[str]
    plural: Required[str]
    icon: Required[str]
    about: Required[str | None]
    title: Required[str]
    child: Required[bool]
    hangs_on: Required[str | None]
    tree: Required[str | None]
    ledger: Required[bool]
    frozen_when: Required[str | None]
    sort: Required[str | None]
    quick_entry: Required[list[str]]
    verbs: Required[list[str]]
    fields: Required[list[MetaField]]
    states: Required[MetaStates | None]
    views: Required[list[MetaView]]
    actions: Required[list[MetaAction]]
    prints: Required[list[MetaPrint]]

class MetaPrint(TypedDict, total=False):
    name: Required[str]
    label: Required[str]

class MetaReport(TypedDict, total=False):
    name: Required[str]
    label: Required[str]
    about: Required[str]
    params: Required[dict[str, Any]]
    columns: Required[list[MetaColumn]]
    chart: Required[MetaChart | None]
    tiles: Required[list[Tile]]

class MetaSection(TypedDict, total=False):
    """Fields under one heading of a form."""
    label: Required[str | None]
    tab: Required[str | None]
    visible_when: Required[str | None]
    fields: Required[list[str]]

class MetaState(TypedDict, total=False):
    value: Required[str]
    label: Required[str]
    to: Required[list[str]]
    final: Required[bool]
    by: Required[str | None]
    requires: Required[list[str]]

class MetaStates(TypedDict, total=False):
    field: Required[str]
    initial: Required[str]
    list: Required[list[MetaState]]

class MetaView(TypedDict, total=False):
    """The kinds of view, as metadata tell them."""
    name: Required[str]
    label: Required[str]
    filter: Required[str | None]
    sort: Required[str | None]

class Money(TypedDict, total=False):
    """An exact amount as a decimal string, and its currency"""
    amount: Required[str]
    currency: Required[str]

class NotesCopyNoteInput(TypedDict, total=False):
    title: str
    text: str | None
    notebook: str | None
    target: Leads | None
    pinned: bool | None
    tags: list[str]
    owner: str

class NotesCopyNotebookInput(TypedDict, total=False):
    name: str
    about: str | None
    shared: Literal['none', 'team', 'everyone']
    owner: str

class NotesCreateNoteInput(TypedDict, total=False):
    id: str
    title: Required[str]
    text: str | None
    notebook: str | None
    target: Leads | None
    pinned: bool | None
    tags: list[str]
    owner: str

class NotesCreateNotebookInput(TypedDict, total=False):
    id: str
    name: Required[str]
    about: str | None
    shared: Literal['none', 'team', 'everyone']
    owner: str

class NotesNote(TypedDict, total=False):
    """A text in Markdown, about a record or about nothing in particular. Every version of it stays in its history."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    title: str | None
    text: str | None
    notebook: str | None
    target: Leads | None
    pinned: bool | None
    tags: list[str]
    owner: str | None

class NotesNotebook(TypedDict, total=False):
    """Notes that belong together, and who reads them."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    name: str | None
    about: str | None
    shared: Literal['none', 'team', 'everyone'] | None
    owner: str | None
    notes: int | None

class NotesUpdateNoteInput(TypedDict, total=False):
    title: str
    text: str | None
    notebook: str | None
    target: Leads | None
    pinned: bool | None
    tags: list[str]
    owner: str

class NotesUpdateNotebookInput(TypedDict, total=False):
    name: str
    about: str | None
    shared: Literal['none', 'team', 'everyone']
    owner: str

class Preview(TypedDict, total=False):
    output: Required[Any]
    changes: Required[list[Change]]

class Problem(TypedDict, total=False):
    type: Required[str]
    title: Required[str]
    status: Required[int]
    detail: Required[str]
    errors: Required[list[FieldError]]
    conflicts: list[Conflict]
    step: int

class Reason(TypedDict, total=False):
    rule: Required[str]
    allows: Required[bool | None]
    role: str
    entry: str
    condition: str
    share: str
    text: Required[str]

class Refused(TypedDict, total=False):
    index: int
    id: Required[str | None]
    title: Required[str]
    errors: Required[list[FieldError]]

class Reject(TypedDict, total=False):
    row: Required[int]
    errors: Required[list[FieldError]]
    data: Required[dict[str, Any]]

class Run(TypedDict, total=False):
    id: Required[str]
    at: Required[str]
    action: Required[str]
    label: Required[str]
    app: Required[str]
    undone_by: Required[str | None]
    undoable: Required[bool]
    records: Required[int]
    more: Required[bool]
    events: Required[list[Event]]

class RunPage(TypedDict, total=False):
    data: Required[list[Run]]
    next: Required[str | None]

class SalesCopyOrderInput(TypedDict, total=False):
    company: str | None
    party: str
    date: str
    reference: str | None
    terms: str | None
    price_list: str | None
    currency: str | None
    lines: list[SalesOrderLineInput]
    owner: str | None
    notes: str | None
    state: Literal['draft', 'confirmed', 'invoiced', 'cancelled'] | None

class SalesCopyPriceListInput(TypedDict, total=False):
    company: str | None
    name: str
    currency: str | None
    lines: list[SalesPriceListLineInput]
    active: bool | None

class SalesCopyProductInput(TypedDict, total=False):
    company: str | None
    code: str
    name: str
    kind: Literal['goods', 'service']
    unit: str | None
    price: MoneyInput
    taxes: list[str]
    account: str | None
    description: str | None
    active: bool | None

class SalesCopyQuotationInput(TypedDict, total=False):
    company: str | None
    party: str
    date: str
    valid_until: str | None
    reference: str | None
    terms: str | None
    price_list: str | None
    currency: str | None
    lines: list[SalesQuotationLineInput]
    owner: str | None
    notes: str | None
    state: Literal['draft', 'sent', 'accepted', 'declined'] | None

class SalesCreateOrderInput(TypedDict, total=False):
    id: str
    company: str | None
    party: Required[str]
    date: str
    reference: str | None
    terms: str | None
    price_list: str | None
    currency: str | None
    lines: list[SalesOrderLineInput]
    owner: str | None
    notes: str | None
    state: Literal['draft', 'confirmed', 'invoiced', 'cancelled'] | None

class SalesCreatePriceListInput(TypedDict, total=False):
    id: str
    company: str | None
    name: Required[str]
    currency: str | None
    lines: list[SalesPriceListLineInput]
    active: bool | None

class SalesCreateProductInput(TypedDict, total=False):
    id: str
    company: str | None
    code: Required[str]
    name: Required[str]
    kind: Literal['goods', 'service']
    unit: str | None
    price: Required[MoneyInput]
    taxes: list[str]
    account: str | None
    description: str | None
    active: bool | None

class SalesCreateQuotationInput(TypedDict, total=False):
    id: str
    company: str | None
    party: Required[str]
    date: str
    valid_until: str | None
    reference: str | None
    terms: str | None
    price_list: str | None
    currency: str | None
    lines: list[SalesQuotationLineInput]
    owner: str | None
    notes: str | None
    state: Literal['draft', 'sent', 'accepted', 'declined'] | None

class SalesInvoiceOrderInput(TypedDict, total=False):
    """How the order is invoiced."""
    date: str | None
    post: bool

class SalesOrder(TypedDict, total=False):
    """What a customer has bought. Confirmed, it is delivered and invoiced."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    number: str | None
    party: str | None
    date: str | None
    reference: str | None
    terms: str | None
    price_list: str | None
    currency: str | None
    lines: list[SalesOrderLine]
    untaxed: Money | None
    tax: Money | None
    total: Money | None
    tax_lines: list[SalesOrderTax]
    owner: str | None
    notes: str | None
    quotation: str | None
    invoice: str | None
    state: Literal['draft', 'confirmed', 'invoiced', 'cancelled'] | None

class SalesOrderLine(TypedDict, total=False):
    """A product or free text, its quantity, price and taxes."""
    id: Required[str]
    position: int
    product: str | None
    description: str | None
    quantity: str | None
    unit: str | None
    unit_price: Money | None
    discount: str | None
    taxes: list[str]
    amount: Money | None

class SalesOrderLineInput(TypedDict, total=False):
    id: str
    product: str | None
    description: str | None
    quantity: str | int
    unit: str | None
    unit_price: MoneyInput | None
    discount: str | int | None
    taxes: list[str]

class SalesOrderTax(TypedDict, total=False):
    """One tax of the whole document."""
    id: Required[str]
    position: int
    tax: str | None
    name: str | None
    base: Money | None
    amount: Money | None

class SalesOrderTaxInput(TypedDict, total=False):
    id: str

class SalesPriceList(TypedDict, total=False):
    """Prices for some customers, quantities or dates, in one currency."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    name: str | None
    currency: str | None
    lines: list[SalesPriceListLine]
    active: bool | None

class SalesPriceListLine(TypedDict, total=False):
    """What a product costs from a quantity on, between two dates."""
    id: Required[str]
    position: int
    product: str | None
    min_quantity: str | None
    price: Money | None
    valid_from: str | None
    valid_to: str | None

class SalesPriceListLineInput(TypedDict, total=False):
    id: str
    product: str
    min_quantity: str | int
    price: MoneyInput
    valid_from: str | None
    valid_to: str | None

class SalesProduct(TypedDict, total=False):
    """Goods or a service that is sold, with its price and taxes."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    code: str | None
    name: str | None
    kind: Literal['goods', 'service'] | None
    unit: str | None
    price: Money | None
    taxes: list[str]
    account: str | None
    description: str | None
    active: bool | None

class SalesQuotation(TypedDict, total=False):
    """An offer to a customer. Accepted, it becomes an order."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    company: str | None
    number: str | None
    party: str | None
    date: str | None
    valid_until: str | None
    reference: str | None
    terms: str | None
    price_list: str | None
    currency: str | None
    lines: list[SalesQuotationLine]
    untaxed: Money | None
    tax: Money | None
    total: Money | None
    tax_lines: list[SalesQuotationTax]
    owner: str | None
    notes: str | None
    order: str | None
    state: Literal['draft', 'sent', 'accepted', 'declined'] | None

class SalesQuotationLine(TypedDict, total=False):
    """A product or free text, its quantity, price and taxes."""
    id: Required[str]
    position: int
    product: str | None
    description: str | None
    quantity: str | None
    unit: str | None
    unit_price: Money | None
    discount: str | None
    taxes: list[str]
    amount: Money | None

class SalesQuotationLineInput(TypedDict, total=False):
    id: str
    product: str | None
    description: str | None
    quantity: str | int
    unit: str | None
    unit_price: MoneyInput | None
    discount: str | int | None
    taxes: list[str]

class SalesQuotationTax(TypedDict, total=False):
    """One tax of the whole document."""
    id: Required[str]
    position: int
    tax: str | None
    name: str | None
    base: Money | None
    amount: Money | None

class SalesQuotationTaxInput(TypedDict, total=False):
    id: str

class SalesSendQuotationInput(TypedDict, total=False):
    """Where a document is sent."""
    to: str | None
    message: str | None

class SalesUpdateOrderInput(TypedDict, total=False):
    company: str | None
    party: str
    date: str
    reference: str | None
    terms: str | None
    price_list: str | None
    currency: str | None
    lines: list[SalesOrderLineInput]
    owner: str | None
    notes: str | None
    state: Literal['draft', 'confirmed', 'invoiced', 'cancelled'] | None

class SalesUpdatePriceListInput(TypedDict, total=False):
    company: str | None
    name: str
    currency: str | None
    lines: list[SalesPriceListLineInput]
    active: bool | None

class SalesUpdateProductInput(TypedDict, total=False):
    company: str | None
    code: str
    name: str
    kind: Literal['goods', 'service']
    unit: str | None
    price: MoneyInput
    taxes: list[str]
    account: str | None
    description: str | None
    active: bool | None

class SalesUpdateQuotationInput(TypedDict, total=False):
    company: str | None
    party: str
    date: str
    valid_until: str | None
    reference: str | None
    terms: str | None
    price_list: str | None
    currency: str | None
    lines: list[SalesQuotationLineInput]
    owner: str | None
    notes: str | None
    state: Literal['draft', 'sent', 'accepted', 'declined'] | None

class SearchFacet(TypedDict, total=False):
    value: Required[str]
    label: Required[str]
    count: Required[int]

class SearchHit(TypedDict, total=False):
    app: Required[str]
    object: Required[str]
    id: Required[str]
    title: Required[str]
    subtitle: Required[str]
    snippet: Required[str | None]
    at: Required[str]

class SearchHits(TypedDict, total=False):
    data: Required[list[SearchHit]]
    next: Required[str | None]
    count: Required[int]
    capped: Required[bool]
    facets: Required[dict[str, Any]]
    behind: Required[int]
    making: Required[bool]

class SetUp(TypedDict, total=False):
    token: Required[str]
    csrf: Required[str]
    user: Required[User]
    tenant: Required[Tenant]
    demo: Required[list[DemoUser]]

class SetupNeeded(TypedDict, total=False):
    needed: Required[bool]
    countries: list[Country]
    apps: list[AppOffered]

class SharedRecord(TypedDict, total=False):
    object: Required[str]
    label: Required[str]
    title: Required[str]
    right: Required[Literal['read']]
    expires_at: str | None
    record: Required[dict[str, Any]]

class SignedIn(TypedDict, total=False):
    token: Required[str]
    csrf: Required[str]
    user: Required[User]
    tenant: Required[Tenant]

class TasksCopyListInput(TypedDict, total=False):
    name: str
    about: str | None
    owner: str
    members: list[str]
    archived: bool | None

class TasksCopyTaskInput(TypedDict, total=False):
    title: str
    list: str | None
    parent: str | None
    assignee: str | None
    priority: Literal['low', 'normal', 'high', 'urgent']
    starts: str | None
    due: str | None
    rank: int | None
    after: list[str]
    description: str | None
    tags: list[str]
    remind_days: int | None
    repeat: Literal['daily', 'weekly', 'monthly', 'yearly'] | None
    every: int
    repeat_until: str | None
    state: Literal['open', 'doing', 'done', 'dropped'] | None

class TasksCreateListInput(TypedDict, total=False):
    id: str
    name: Required[str]
    about: str | None
    owner: str
    members: list[str]
    archived: bool | None

class TasksCreateTaskInput(TypedDict, total=False):
    id: str
    title: Required[str]
    list: str | None
    parent: str | None
    assignee: str | None
    priority: Literal['low', 'normal', 'high', 'urgent']
    starts: str | None
    due: str | None
    rank: int | None
    after: list[str]
    description: str | None
    tags: list[str]
    remind_days: int | None
    repeat: Literal['daily', 'weekly', 'monthly', 'yearly'] | None
    every: int
    repeat_until: str | None
    state: Literal['open', 'doing', 'done', 'dropped'] | None

class TasksList(TypedDict, total=False):
    """Tasks that belong together: a project, a move, a week."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    name: str | None
    about: str | None
    owner: str | None
    members: list[str]
    open: int | None
    next_due: str | None
    archived: bool | None

class TasksTask(TypedDict, total=False):
    """Something that one person does until a day."""
    id: Required[str]
    version: int
    created_at: str
    updated_at: str
    created_by: str | None
    title: str | None
    list: str | None
    assignee: str | None
    priority: Literal['low', 'normal', 'high', 'urgent'] | None
    starts: str | None
    due: str | None
    rank: int | None
    after: list[str]
    description: str | None
    tags: list[str]
    remind_days: int | None
    remind_at: str | None
    repeat: Literal['daily', 'weekly', 'monthly', 'yearly'] | None
    every: int | None
    repeat_until: str | None
    series: str | None
    series_from: str | None
    occurrence: int | None
    continued: bool | None
    is_open: bool | None
    open_subtasks: int | None
    done_at: str | None
    state: Literal['open', 'doing', 'done', 'dropped'] | None

class TasksUpdateListInput(TypedDict, total=False):
    name: str
    about: str | None
    owner: str
    members: list[str]
    archived: bool | None

class TasksUpdateTaskInput(TypedDict, total=False):
    title: str
    list: str | None
    parent: str | None
    assignee: str | None
    priority: Literal['low', 'normal', 'high', 'urgent']
    starts: str | None
    due: str | None
    rank: int | None
    after: list[str]
    description: str | None
    tags: list[str]
    remind_days: int | None
    repeat: Literal['daily', 'weekly', 'monthly', 'yearly'] | None
    every: int
    repeat_until: str | None
    state: Literal['open', 'doing', 'done', 'dropped'] | None

class Tenant(TypedDict, total=False):
    """A customer of this installation."""
    slug: Required[str]
    name: Required[str]

class Tile(TypedDict, total=False):
    """One question of a dashboard and how it is told."""
    title: Required[str]
    kind: Required[TileKind]
    source: Required[str]
    filter: str | None
    measure: str | None
    group: str | None
    sort: str | None
    fields: str | None
    chart: ChartKind | None

class Titled(TypedDict, total=False):
    id: Required[str]
    title: Required[str]

ToldChange = TypedDict("ToldChange", {
    "field": 'Required[str]',
    "from": 'Required[Any]',
    "to": 'Required[Any]',
    "text": 'Required[str]',
}, total=False)

class UndoReply(TypedDict, total=False):
    run: Required[str]
    undone: Required[str]
    kept: list[str]
    kept_count: int
    changes: Required[list[Change]]

class User(TypedDict, total=False):
    """Who is signed in."""
    id: Required[str]
    name: Required[str]
    email: Required[str]
    roles: Required[list[str]]

class Who(TypedDict, total=False):
    user: Required[User]
    tenant: Required[Tenant]

class Why(TypedDict, total=False):
    criterion: Required[str]
    fields: Required[list[str]]
    same: Required[bool]

ChartKind: TypeAlias = "Literal['bar', 'line', 'area', 'pie']"
CoreBeginImportInputForm: TypeAlias = "Literal['xlsx'] | Literal['delimited'] | Literal['fixed'] | Literal['json_lines']"
Effect: TypeAlias = "Literal['read', 'irreversible'] | Literal['reversible'] | Literal['compensatable'] | Literal['external'] | Literal['money']"
InspectionForm: TypeAlias = "Literal['xlsx'] | Literal['delimited'] | Literal['fixed'] | Literal['json_lines']"
MetaTarget: TypeAlias = "Literal['record', 'object']"
MoneyInput: TypeAlias = 'str | int | dict[str, Any]'
TileKind: TypeAlias = "Literal['figure'] | Literal['chart'] | Literal['list'] | Literal['report']"
