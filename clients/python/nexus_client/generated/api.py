"""The operations. Written by generate.py from the OpenAPI document: change what is declared, not this."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from ..http import Http, quote
from .schemas import (
    Page,
    Asked,
    BatchReply,
    BulkReport,
    BulkRequest,
    Call,
    Change,
    ContactsCopyPartyInput,
    ContactsCreatePartyInput,
    ContactsMergePartyInput,
    ContactsParty,
    ContactsUpdatePartyInput,
    CoreActivity,
    CoreApiKey,
    CoreApproval,
    CoreApproveInput,
    CoreAttachment,
    CoreBeginImportInput,
    CoreComment,
    CoreCompany,
    CoreCopyActivityInput,
    CoreCopyApiKeyInput,
    CoreCopyApprovalInput,
    CoreCopyAttachmentInput,
    CoreCopyCommentInput,
    CoreCopyCompanyInput,
    CoreCopyFavouriteInput,
    CoreCopyFileInput,
    CoreCopyFollowerInput,
    CoreCopyImportInput,
    CoreCopyImportMappingInput,
    CoreCopyJobInput,
    CoreCopyMailTemplateInput,
    CoreCopyManifestInput,
    CoreCopyNotificationInput,
    CoreCopyNotificationSettingsInput,
    CoreCopyOutgoingMailInput,
    CoreCopySavedViewInput,
    CoreCopyScheduleInput,
    CoreCopyShareInput,
    CoreCopyTagInput,
    CoreCopyTaggingInput,
    CoreCopyTeamInput,
    CoreCopyTemplateInput,
    CoreCopyTranslationInput,
    CoreCopyUserInput,
    CoreCreateActivityInput,
    CoreCreateApiKeyInput,
    CoreCreateApprovalInput,
    CoreCreateAttachmentInput,
    CoreCreateCommentInput,
    CoreCreateCompanyInput,
    CoreCreateFavouriteInput,
    CoreCreateFileInput,
    CoreCreateFollowerInput,
    CoreCreateImportInput,
    CoreCreateImportMappingInput,
    CoreCreateImportRejectInput,
    CoreCreateJobInput,
    CoreCreateKeyInput,
    CoreCreateMailTemplateInput,
    CoreCreateManifestInput,
    CoreCreateNotificationInput,
    CoreCreateNotificationSettingsInput,
    CoreCreateOutgoingMailInput,
    CoreCreateSavedViewInput,
    CoreCreateScheduleInput,
    CoreCreateShareInput,
    CoreCreateTagInput,
    CoreCreateTaggingInput,
    CoreCreateTeamInput,
    CoreCreateTemplateInput,
    CoreCreateTranslationInput,
    CoreCreateUserInput,
    CoreFavourite,
    CoreFile,
    CoreFinishActivityInput,
    CoreFollowRecordInput,
    CoreFollower,
    CoreImport,
    CoreImportMapping,
    CoreImportReject,
    CoreJob,
    CoreMailTemplate,
    CoreManifest,
    CoreNotification,
    CoreNotificationSettings,
    CoreOutgoingMail,
    CoreRefuseInput,
    CoreReplaceFileInput,
    CoreRevertFileInput,
    CoreSavedView,
    CoreSchedule,
    CoreShare,
    CoreShareByLinkInput,
    CoreTag,
    CoreTagging,
    CoreTeam,
    CoreTemplate,
    CoreTranslation,
    CoreUnfollowRecordInput,
    CoreUpdateActivityInput,
    CoreUpdateApiKeyInput,
    CoreUpdateApprovalInput,
    CoreUpdateAttachmentInput,
    CoreUpdateCommentInput,
    CoreUpdateCompanyInput,
    CoreUpdateFavouriteInput,
    CoreUpdateFileInput,
    CoreUpdateFollowerInput,
    CoreUpdateImportInput,
    CoreUpdateImportMappingInput,
    CoreUpdateJobInput,
    CoreUpdateMailTemplateInput,
    CoreUpdateManifestInput,
    CoreUpdateNotificationInput,
    CoreUpdateNotificationSettingsInput,
    CoreUpdateOutgoingMailInput,
    CoreUpdateSavedViewInput,
    CoreUpdateScheduleInput,
    CoreUpdateShareInput,
    CoreUpdateTagInput,
    CoreUpdateTaggingInput,
    CoreUpdateTeamInput,
    CoreUpdateTemplateInput,
    CoreUpdateTranslationInput,
    CoreUpdateUserInput,
    CoreUseTemplateInput,
    CoreUser,
    CrmActivity,
    CrmCompleteActivityInput,
    CrmConvertLeadInput,
    CrmCopyActivityInput,
    CrmCopyDealInput,
    CrmCopyLeadInput,
    CrmCreateActivityInput,
    CrmCreateDealInput,
    CrmCreateLeadInput,
    CrmDeal,
    CrmLead,
    CrmUpdateActivityInput,
    CrmUpdateDealInput,
    CrmUpdateLeadInput,
    Difference,
    Differences,
    Duplicates,
    Event,
    EventPage,
    Explanation,
    Figures,
    FinanceAccount,
    FinanceAllocateCreditNoteInput,
    FinanceAllocatePaymentInput,
    FinanceBill,
    FinanceCopyAccountInput,
    FinanceCopyBillInput,
    FinanceCopyCreditNoteInput,
    FinanceCopyExchangeRateInput,
    FinanceCopyFiscalYearInput,
    FinanceCopyInvoiceInput,
    FinanceCopyJournalEntryInput,
    FinanceCopyJournalInput,
    FinanceCopyPaymentInput,
    FinanceCopyPaymentTermsInput,
    FinanceCopySettingsInput,
    FinanceCopyTaxInput,
    FinanceCreateAccountInput,
    FinanceCreateBillInput,
    FinanceCreateCreditNoteInput,
    FinanceCreateExchangeRateInput,
    FinanceCreateFiscalYearInput,
    FinanceCreateInvoiceInput,
    FinanceCreateJournalEntryInput,
    FinanceCreateJournalInput,
    FinanceCreatePaymentInput,
    FinanceCreatePaymentTermsInput,
    FinanceCreateSettingsInput,
    FinanceCreateTaxInput,
    FinanceCreditNote,
    FinanceExchangeRate,
    FinanceFiscalYear,
    FinanceInvoice,
    FinanceJournal,
    FinanceJournalEntry,
    FinancePayBillInput,
    FinancePayInvoiceInput,
    FinancePayment,
    FinancePaymentTerms,
    FinanceRefundCreditNoteInput,
    FinanceReinstateInvoiceInput,
    FinanceReverseBillInput,
    FinanceReverseCreditNoteInput,
    FinanceReverseInvoiceInput,
    FinanceReverseJournalEntryInput,
    FinanceReversePaymentInput,
    FinanceSendCreditNoteInput,
    FinanceSendInvoiceInput,
    FinanceSettings,
    FinanceTax,
    FinanceUpdateAccountInput,
    FinanceUpdateBillInput,
    FinanceUpdateCreditNoteInput,
    FinanceUpdateExchangeRateInput,
    FinanceUpdateFiscalYearInput,
    FinanceUpdateInvoiceInput,
    FinanceUpdateJournalEntryInput,
    FinanceUpdateJournalInput,
    FinanceUpdatePaymentInput,
    FinanceUpdatePaymentTermsInput,
    FinanceUpdateSettingsInput,
    FinanceUpdateTaxInput,
    FirstCompany,
    HubCopyDashboardInput,
    HubCreateDashboardInput,
    HubDashboard,
    HubSendDashboardInput,
    HubUpdateDashboardInput,
    ImportReport,
    Inspection,
    Meta,
    NotesCopyNoteInput,
    NotesCopyNotebookInput,
    NotesCreateNoteInput,
    NotesCreateNotebookInput,
    NotesNote,
    NotesNotebook,
    NotesUpdateNoteInput,
    NotesUpdateNotebookInput,
    Run,
    RunPage,
    SalesCopyOrderInput,
    SalesCopyPriceListInput,
    SalesCopyProductInput,
    SalesCopyQuotationInput,
    SalesCreateOrderInput,
    SalesCreatePriceListInput,
    SalesCreateProductInput,
    SalesCreateQuotationInput,
    SalesInvoiceOrderInput,
    SalesOrder,
    SalesPriceList,
    SalesProduct,
    SalesQuotation,
    SalesSendQuotationInput,
    SalesUpdateOrderInput,
    SalesUpdatePriceListInput,
    SalesUpdateProductInput,
    SalesUpdateQuotationInput,
    SearchHit,
    SearchHits,
    SetUp,
    SetupNeeded,
    SharedRecord,
    TasksCopyListInput,
    TasksCopyTaskInput,
    TasksCreateListInput,
    TasksCreateTaskInput,
    TasksList,
    TasksTask,
    TasksUpdateListInput,
    TasksUpdateTaskInput,
    UndoReply,
    Who,
)


class Nexus(Http):
    """Every operation of the server by its id, such as `crm_convert_lead`."""

    def who(self) -> Who:
        """Who is signed in."""
        answer: Who = self.request("GET", "/session")
        return answer

    def sign_out(self) -> None:
        """Sign out."""
        self.request("DELETE", "/session")

    def setup_needed(self) -> SetupNeeded:
        """Whether a first company is to be set up."""
        answer: SetupNeeded = self.request("GET", "/setup")
        return answer

    def set_up(self, body: FirstCompany) -> SetUp:
        """Set up the first company and its administrator, with the key that the server printed when it started."""
        answer: SetUp = self.request("POST", "/setup", body=body)
        return answer

    def meta(self) -> Meta:
        """Apps, objects, fields, views and actions that you may see."""
        answer: Meta = self.request("GET", "/meta")
        return answer

    def search(self, *, q: str, app: str | None = None, object: str | None = None, owner: str | None = None, from_: str | None = None, to: str | None = None, filter: str | None = None, limit: int | None = None, after: str | None = None) -> SearchHits:
        """Search everything that you may read."""
        answer: SearchHits = self.request("GET", "/search", query={"q": q, "app": app, "object": object, "owner": owner, "from": from_, "to": to, "filter": filter, "limit": limit, "after": after})
        return answer

    def shared(self, token: str) -> SharedRecord:
        """The record that a link shares; no sign-in is needed."""
        answer: SharedRecord = self.request("GET", f"/shared/{quote(token)}")
        return answer

    def unsubscribe(self, token: str) -> None:
        """Turn off the kind of mail that a link in it names, for its reader (RFC 8058); no sign-in is needed."""
        self.request("POST", f"/unsubscribe/{quote(token)}")

    def runs(self, *, limit: int | None = None, after: str | None = None) -> RunPage:
        """Your own runs, newest first, and whether each can be undone."""
        answer: RunPage = self.request("GET", "/runs", query={"limit": limit, "after": after})
        return answer

    def events(self, *, after: int | None = None, last_event_id: int | None = None) -> EventPage:
        """The event log, oldest first; a stream with `Accept: text/event-stream`."""
        answer: EventPage = self.request("GET", "/events", query={"after": after}, header={"Last-Event-ID": last_event_id})
        return answer

    def openapi(self) -> dict[str, Any]:
        """This document."""
        answer: dict[str, Any] = self.request("GET", "/openapi.json")
        return answer

    def graphql(self, body: dict[str, Any]) -> dict[str, Any]:
        """Ask and change by GraphQL; errors carry problems in their `extensions`."""
        answer: dict[str, Any] = self.request("POST", "/graphql", body=body)
        return answer

    def batch(self, body: list[Call], *, idempotency_key: str | None = None) -> BatchReply:
        """Run actions as one transaction; a failure names its step."""
        answer: BatchReply = self.request("POST", "/batch", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def undo(self, body: dict[str, Any]) -> UndoReply:
        """Take a run back: all of it, or nothing with the conflicts."""
        answer: UndoReply = self.request("POST", "/undo", body=body)
        return answer

    def run_action(self, action: str, body: dict[str, Any], *, idempotency_key: str | None = None) -> Any:
        """Run any action by its full name; the record stands as `record` beside the input."""
        answer: Any = self.request("POST", f"/actions/{quote(action)}", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def file_content(self, id: str, *, version: int | None = None, download: bool | None = None, range: str | None = None) -> bytes:
        """What a file contains, for whoever may read a record that refers to it."""
        answer: bytes = self.request("GET", f"/core/files/{quote(id)}/content", query={"version": version, "download": download}, header={"Range": range}, plain=True)
        return answer

    def file_thumbnail(self, id: str, *, size: int | None = None, version: int | None = None) -> bytes:
        """A picture made small."""
        answer: bytes = self.request("GET", f"/core/files/{quote(id)}/thumbnail", query={"size": size, "version": version}, plain=True)
        return answer

    def core_list_activity(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreActivity]:
        """List activities."""
        answer: Page[CoreActivity] = self.request("GET", "/core/activities", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_activity(self, body: CoreCreateActivityInput, *, idempotency_key: str | None = None) -> CoreActivity:
        """Create activity. Makes a new activity."""
        answer: CoreActivity = self.request("POST", "/core/activities", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_activity(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreActivity:
        """One activity with its rows."""
        answer: CoreActivity = self.request("GET", f"/core/activities/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_activity(self, id: str, body: CoreUpdateActivityInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreActivity:
        """Update activity. Changes the given fields of a activity."""
        answer: CoreActivity = self.request("PATCH", f"/core/activities/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_activity(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete activity. Puts a activity away; it can be restored."""
        self.request("DELETE", f"/core/activities/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_activity(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a activity."""
        answer: EventPage = self.request("GET", f"/core/activities/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_activity(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a activity between two moments."""
        answer: Difference = self.request("GET", f"/core/activities/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_activity(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of activities between two moments."""
        answer: Differences = self.request("GET", "/core/activities/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_activity(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a activity."""
        answer: Explanation = self.request("GET", f"/core/activities/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_activity(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with activities."""
        answer: Explanation = self.request("GET", "/core/activities/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_activity(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of activities."""
        answer: Figures = self.request("GET", "/core/activities/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_activity(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Activities as a file."""
        answer: bytes = self.request("GET", "/core/activities/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_activity(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import activities."""
        answer: ImportReport = self.request("POST", "/core/activities/import", form=form)
        return answer

    def core_inspect_activity(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of activities seems to be."""
        answer: Inspection = self.request("POST", "/core/activities/import/inspect", form=form)
        return answer

    def core_bulk_activity(self, body: BulkRequest) -> BulkReport:
        """One action on many activities as one run."""
        answer: BulkReport = self.request("POST", "/core/activities/bulk", body=body)
        return answer

    def core_finish_activity(self, id: str, body: CoreFinishActivityInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> Any:
        """Done. Closes an activity, and plans the next one where there is one. Only while `done_at == null`."""
        answer: Any = self.request("POST", f"/core/activities/{quote(id)}/done", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_reopen_activity(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreActivity:
        """Reopen. Opens an activity again that was closed too early. Only while `done_at != null`."""
        answer: CoreActivity = self.request("POST", f"/core/activities/{quote(id)}/reopen", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_restore_activity(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreActivity:
        """Restore activity. Brings a deleted activity back."""
        answer: CoreActivity = self.request("POST", f"/core/activities/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_activity(self, id: str, body: CoreCopyActivityInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreActivity:
        """Copy activity. Makes a new activity with the values of this one, but for those given."""
        answer: CoreActivity = self.request("POST", f"/core/activities/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_api_key(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreApiKey]:
        """List api keys."""
        answer: Page[CoreApiKey] = self.request("GET", "/core/api-keys", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_api_key(self, body: CoreCreateApiKeyInput, *, idempotency_key: str | None = None) -> CoreApiKey:
        """Create api key. Makes a new api key."""
        answer: CoreApiKey = self.request("POST", "/core/api-keys", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_api_key(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreApiKey:
        """One api key with its rows."""
        answer: CoreApiKey = self.request("GET", f"/core/api-keys/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_api_key(self, id: str, body: CoreUpdateApiKeyInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreApiKey:
        """Update api key. Changes the given fields of a api key."""
        answer: CoreApiKey = self.request("PATCH", f"/core/api-keys/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_api_key(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete api key. Puts a api key away; it can be restored."""
        self.request("DELETE", f"/core/api-keys/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_api_key(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a api key."""
        answer: EventPage = self.request("GET", f"/core/api-keys/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_api_key(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a api key between two moments."""
        answer: Difference = self.request("GET", f"/core/api-keys/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_api_key(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of api keys between two moments."""
        answer: Differences = self.request("GET", "/core/api-keys/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_api_key(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a api key."""
        answer: Explanation = self.request("GET", f"/core/api-keys/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_api_key(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with api keys."""
        answer: Explanation = self.request("GET", "/core/api-keys/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_api_key(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of api keys."""
        answer: Figures = self.request("GET", "/core/api-keys/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_api_key(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """API keys as a file."""
        answer: bytes = self.request("GET", "/core/api-keys/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_api_key(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import api keys."""
        answer: ImportReport = self.request("POST", "/core/api-keys/import", form=form)
        return answer

    def core_inspect_api_key(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of api keys seems to be."""
        answer: Inspection = self.request("POST", "/core/api-keys/import/inspect", form=form)
        return answer

    def core_bulk_api_key(self, body: BulkRequest) -> BulkReport:
        """One action on many api keys as one run."""
        answer: BulkReport = self.request("POST", "/core/api-keys/bulk", body=body)
        return answer

    def core_create_key(self, body: CoreCreateKeyInput, *, idempotency_key: str | None = None) -> Any:
        """New key. Makes a key that can do what you can. The key is shown in the answer and never again."""
        answer: Any = self.request("POST", "/core/api-keys/issue", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_restore_api_key(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreApiKey:
        """Restore api key. Brings a deleted api key back."""
        answer: CoreApiKey = self.request("POST", f"/core/api-keys/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_api_key(self, id: str, body: CoreCopyApiKeyInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreApiKey:
        """Copy api key. Makes a new api key with the values of this one, but for those given."""
        answer: CoreApiKey = self.request("POST", f"/core/api-keys/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_approval(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreApproval]:
        """List approvals."""
        answer: Page[CoreApproval] = self.request("GET", "/core/approvals", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_approval(self, body: CoreCreateApprovalInput | None = None, *, idempotency_key: str | None = None) -> CoreApproval:
        """Create approval. Makes a new approval."""
        answer: CoreApproval = self.request("POST", "/core/approvals", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_approval(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreApproval:
        """One approval with its rows."""
        answer: CoreApproval = self.request("GET", f"/core/approvals/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_approval(self, id: str, body: CoreUpdateApprovalInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreApproval:
        """Update approval. Changes the given fields of a approval."""
        answer: CoreApproval = self.request("PATCH", f"/core/approvals/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_approval(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete approval. Puts a approval away; it can be restored."""
        self.request("DELETE", f"/core/approvals/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_approval(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a approval."""
        answer: EventPage = self.request("GET", f"/core/approvals/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_approval(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a approval between two moments."""
        answer: Difference = self.request("GET", f"/core/approvals/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_approval(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of approvals between two moments."""
        answer: Differences = self.request("GET", "/core/approvals/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_approval(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a approval."""
        answer: Explanation = self.request("GET", f"/core/approvals/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_approval(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with approvals."""
        answer: Explanation = self.request("GET", "/core/approvals/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_approval(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of approvals."""
        answer: Figures = self.request("GET", "/core/approvals/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_approval(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Approvals as a file."""
        answer: bytes = self.request("GET", "/core/approvals/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_approval(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import approvals."""
        answer: ImportReport = self.request("POST", "/core/approvals/import", form=form)
        return answer

    def core_inspect_approval(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of approvals seems to be."""
        answer: Inspection = self.request("POST", "/core/approvals/import/inspect", form=form)
        return answer

    def core_bulk_approval(self, body: BulkRequest) -> BulkReport:
        """One action on many approvals as one run."""
        answer: BulkReport = self.request("POST", "/core/approvals/bulk", body=body)
        return answer

    def core_approve(self, id: str, body: CoreApproveInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> Any:
        """Approve. Runs what was asked for, as whoever asked for it and with both names on the run, which undo takes
        back. Only while `state == 'asked'`."""
        answer: Any = self.request("POST", f"/core/approvals/{quote(id)}/approve", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_refuse(self, id: str, body: CoreRefuseInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> Any:
        """Refuse. Refuses what was asked for. Only while `state == 'asked'`."""
        answer: Any = self.request("POST", f"/core/approvals/{quote(id)}/refuse", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_withdraw(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreApproval:
        """Withdraw. Takes back what you asked for. Only while `state == 'asked'`."""
        answer: CoreApproval = self.request("POST", f"/core/approvals/{quote(id)}/withdraw", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_restore_approval(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreApproval:
        """Restore approval. Brings a deleted approval back."""
        answer: CoreApproval = self.request("POST", f"/core/approvals/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_approval(self, id: str, body: CoreCopyApprovalInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreApproval:
        """Copy approval. Makes a new approval with the values of this one, but for those given."""
        answer: CoreApproval = self.request("POST", f"/core/approvals/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_attachment(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreAttachment]:
        """List attachments."""
        answer: Page[CoreAttachment] = self.request("GET", "/core/attachments", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_attachment(self, body: CoreCreateAttachmentInput, *, idempotency_key: str | None = None) -> CoreAttachment:
        """Create attachment. Makes a new attachment."""
        answer: CoreAttachment = self.request("POST", "/core/attachments", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_attachment(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreAttachment:
        """One attachment with its rows."""
        answer: CoreAttachment = self.request("GET", f"/core/attachments/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_attachment(self, id: str, body: CoreUpdateAttachmentInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreAttachment:
        """Update attachment. Changes the given fields of a attachment."""
        answer: CoreAttachment = self.request("PATCH", f"/core/attachments/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_attachment(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete attachment. Puts a attachment away; it can be restored."""
        self.request("DELETE", f"/core/attachments/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_attachment(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a attachment."""
        answer: EventPage = self.request("GET", f"/core/attachments/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_attachment(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a attachment between two moments."""
        answer: Difference = self.request("GET", f"/core/attachments/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_attachment(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of attachments between two moments."""
        answer: Differences = self.request("GET", "/core/attachments/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_attachment(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a attachment."""
        answer: Explanation = self.request("GET", f"/core/attachments/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_attachment(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with attachments."""
        answer: Explanation = self.request("GET", "/core/attachments/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_attachment(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of attachments."""
        answer: Figures = self.request("GET", "/core/attachments/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_attachment(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Attachments as a file."""
        answer: bytes = self.request("GET", "/core/attachments/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_attachment(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import attachments."""
        answer: ImportReport = self.request("POST", "/core/attachments/import", form=form)
        return answer

    def core_inspect_attachment(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of attachments seems to be."""
        answer: Inspection = self.request("POST", "/core/attachments/import/inspect", form=form)
        return answer

    def core_bulk_attachment(self, body: BulkRequest) -> BulkReport:
        """One action on many attachments as one run."""
        answer: BulkReport = self.request("POST", "/core/attachments/bulk", body=body)
        return answer

    def core_restore_attachment(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreAttachment:
        """Restore attachment. Brings a deleted attachment back."""
        answer: CoreAttachment = self.request("POST", f"/core/attachments/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_attachment(self, id: str, body: CoreCopyAttachmentInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreAttachment:
        """Copy attachment. Makes a new attachment with the values of this one, but for those given."""
        answer: CoreAttachment = self.request("POST", f"/core/attachments/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_comment(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreComment]:
        """List comments."""
        answer: Page[CoreComment] = self.request("GET", "/core/comments", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_comment(self, body: CoreCreateCommentInput, *, idempotency_key: str | None = None) -> CoreComment:
        """Create comment. Makes a new comment."""
        answer: CoreComment = self.request("POST", "/core/comments", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_comment(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreComment:
        """One comment with its rows."""
        answer: CoreComment = self.request("GET", f"/core/comments/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_comment(self, id: str, body: CoreUpdateCommentInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreComment:
        """Update comment. Changes the given fields of a comment."""
        answer: CoreComment = self.request("PATCH", f"/core/comments/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_comment(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete comment. Puts a comment away; it can be restored."""
        self.request("DELETE", f"/core/comments/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_comment(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a comment."""
        answer: EventPage = self.request("GET", f"/core/comments/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_comment(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a comment between two moments."""
        answer: Difference = self.request("GET", f"/core/comments/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_comment(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of comments between two moments."""
        answer: Differences = self.request("GET", "/core/comments/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_comment(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a comment."""
        answer: Explanation = self.request("GET", f"/core/comments/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_comment(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with comments."""
        answer: Explanation = self.request("GET", "/core/comments/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_comment(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of comments."""
        answer: Figures = self.request("GET", "/core/comments/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_comment(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Comments as a file."""
        answer: bytes = self.request("GET", "/core/comments/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_comment(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import comments."""
        answer: ImportReport = self.request("POST", "/core/comments/import", form=form)
        return answer

    def core_inspect_comment(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of comments seems to be."""
        answer: Inspection = self.request("POST", "/core/comments/import/inspect", form=form)
        return answer

    def core_bulk_comment(self, body: BulkRequest) -> BulkReport:
        """One action on many comments as one run."""
        answer: BulkReport = self.request("POST", "/core/comments/bulk", body=body)
        return answer

    def core_restore_comment(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreComment:
        """Restore comment. Brings a deleted comment back."""
        answer: CoreComment = self.request("POST", f"/core/comments/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_comment(self, id: str, body: CoreCopyCommentInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreComment:
        """Copy comment. Makes a new comment with the values of this one, but for those given."""
        answer: CoreComment = self.request("POST", f"/core/comments/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_company(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreCompany]:
        """List companies."""
        answer: Page[CoreCompany] = self.request("GET", "/core/companies", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_company(self, body: CoreCreateCompanyInput, *, idempotency_key: str | None = None) -> CoreCompany:
        """Create company. Makes a new company."""
        answer: CoreCompany = self.request("POST", "/core/companies", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_company(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreCompany:
        """One company with its rows."""
        answer: CoreCompany = self.request("GET", f"/core/companies/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_company(self, id: str, body: CoreUpdateCompanyInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreCompany:
        """Update company. Changes the given fields of a company."""
        answer: CoreCompany = self.request("PATCH", f"/core/companies/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_company(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete company. Puts a company away; it can be restored."""
        self.request("DELETE", f"/core/companies/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_company(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a company."""
        answer: EventPage = self.request("GET", f"/core/companies/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_company(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a company between two moments."""
        answer: Difference = self.request("GET", f"/core/companies/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_company(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of companies between two moments."""
        answer: Differences = self.request("GET", "/core/companies/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_company(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a company."""
        answer: Explanation = self.request("GET", f"/core/companies/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_company(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with companies."""
        answer: Explanation = self.request("GET", "/core/companies/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_company(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of companies."""
        answer: Figures = self.request("GET", "/core/companies/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_company(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Companies as a file."""
        answer: bytes = self.request("GET", "/core/companies/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_company(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import companies."""
        answer: ImportReport = self.request("POST", "/core/companies/import", form=form)
        return answer

    def core_inspect_company(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of companies seems to be."""
        answer: Inspection = self.request("POST", "/core/companies/import/inspect", form=form)
        return answer

    def core_bulk_company(self, body: BulkRequest) -> BulkReport:
        """One action on many companies as one run."""
        answer: BulkReport = self.request("POST", "/core/companies/bulk", body=body)
        return answer

    def core_restore_company(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreCompany:
        """Restore company. Brings a deleted company back."""
        answer: CoreCompany = self.request("POST", f"/core/companies/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_company(self, id: str, body: CoreCopyCompanyInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreCompany:
        """Copy company. Makes a new company with the values of this one, but for those given."""
        answer: CoreCompany = self.request("POST", f"/core/companies/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_favourite(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreFavourite]:
        """List favourites."""
        answer: Page[CoreFavourite] = self.request("GET", "/core/favourites", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_favourite(self, body: CoreCreateFavouriteInput, *, idempotency_key: str | None = None) -> CoreFavourite:
        """Create favourite. Makes a new favourite."""
        answer: CoreFavourite = self.request("POST", "/core/favourites", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_favourite(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreFavourite:
        """One favourite with its rows."""
        answer: CoreFavourite = self.request("GET", f"/core/favourites/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_favourite(self, id: str, body: CoreUpdateFavouriteInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreFavourite:
        """Update favourite. Changes the given fields of a favourite."""
        answer: CoreFavourite = self.request("PATCH", f"/core/favourites/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_favourite(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete favourite. Puts a favourite away; it can be restored."""
        self.request("DELETE", f"/core/favourites/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_favourite(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a favourite."""
        answer: EventPage = self.request("GET", f"/core/favourites/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_favourite(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a favourite between two moments."""
        answer: Difference = self.request("GET", f"/core/favourites/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_favourite(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of favourites between two moments."""
        answer: Differences = self.request("GET", "/core/favourites/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_favourite(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a favourite."""
        answer: Explanation = self.request("GET", f"/core/favourites/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_favourite(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with favourites."""
        answer: Explanation = self.request("GET", "/core/favourites/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_favourite(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of favourites."""
        answer: Figures = self.request("GET", "/core/favourites/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_favourite(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Favourites as a file."""
        answer: bytes = self.request("GET", "/core/favourites/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_favourite(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import favourites."""
        answer: ImportReport = self.request("POST", "/core/favourites/import", form=form)
        return answer

    def core_inspect_favourite(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of favourites seems to be."""
        answer: Inspection = self.request("POST", "/core/favourites/import/inspect", form=form)
        return answer

    def core_bulk_favourite(self, body: BulkRequest) -> BulkReport:
        """One action on many favourites as one run."""
        answer: BulkReport = self.request("POST", "/core/favourites/bulk", body=body)
        return answer

    def core_restore_favourite(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreFavourite:
        """Restore favourite. Brings a deleted favourite back."""
        answer: CoreFavourite = self.request("POST", f"/core/favourites/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_favourite(self, id: str, body: CoreCopyFavouriteInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreFavourite:
        """Copy favourite. Makes a new favourite with the values of this one, but for those given."""
        answer: CoreFavourite = self.request("POST", f"/core/favourites/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_file(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreFile]:
        """List files."""
        answer: Page[CoreFile] = self.request("GET", "/core/files", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_file(self, body: CoreCreateFileInput, *, idempotency_key: str | None = None) -> CoreFile:
        """Create file. Makes a new file."""
        answer: CoreFile = self.request("POST", "/core/files", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_file(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreFile:
        """One file with its rows."""
        answer: CoreFile = self.request("GET", f"/core/files/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_file(self, id: str, body: CoreUpdateFileInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreFile:
        """Update file. Changes the given fields of a file."""
        answer: CoreFile = self.request("PATCH", f"/core/files/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_file(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete file. Puts a file away; it can be restored."""
        self.request("DELETE", f"/core/files/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_file(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a file."""
        answer: EventPage = self.request("GET", f"/core/files/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_file(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a file between two moments."""
        answer: Difference = self.request("GET", f"/core/files/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_file(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of files between two moments."""
        answer: Differences = self.request("GET", "/core/files/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_file(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a file."""
        answer: Explanation = self.request("GET", f"/core/files/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_file(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with files."""
        answer: Explanation = self.request("GET", "/core/files/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_file(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of files."""
        answer: Figures = self.request("GET", "/core/files/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_file(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Files as a file."""
        answer: bytes = self.request("GET", "/core/files/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_file(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import files."""
        answer: ImportReport = self.request("POST", "/core/files/import", form=form)
        return answer

    def core_inspect_file(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of files seems to be."""
        answer: Inspection = self.request("POST", "/core/files/import/inspect", form=form)
        return answer

    def core_bulk_file(self, body: BulkRequest) -> BulkReport:
        """One action on many files as one run."""
        answer: BulkReport = self.request("POST", "/core/files/bulk", body=body)
        return answer

    def core_replace_file(self, id: str, body: CoreReplaceFileInput, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreFile:
        """New version. Makes what was uploaded the newest version of a file. Whatever refers to the file has the new
        version from then on."""
        answer: CoreFile = self.request("POST", f"/core/files/{quote(id)}/replace", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_revert_file(self, id: str, body: CoreRevertFileInput, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreFile:
        """Go back to a version. Makes an earlier version of a file the newest; those between stay."""
        answer: CoreFile = self.request("POST", f"/core/files/{quote(id)}/revert", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_restore_file(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreFile:
        """Restore file. Brings a deleted file back."""
        answer: CoreFile = self.request("POST", f"/core/files/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_file(self, id: str, body: CoreCopyFileInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreFile:
        """Copy file. Makes a new file with the values of this one, but for those given."""
        answer: CoreFile = self.request("POST", f"/core/files/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_follower(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreFollower]:
        """List followers."""
        answer: Page[CoreFollower] = self.request("GET", "/core/followers", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_follower(self, body: CoreCreateFollowerInput, *, idempotency_key: str | None = None) -> CoreFollower:
        """Create follower. Makes a new follower."""
        answer: CoreFollower = self.request("POST", "/core/followers", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_follower(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreFollower:
        """One follower with its rows."""
        answer: CoreFollower = self.request("GET", f"/core/followers/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_follower(self, id: str, body: CoreUpdateFollowerInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreFollower:
        """Update follower. Changes the given fields of a follower."""
        answer: CoreFollower = self.request("PATCH", f"/core/followers/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_follower(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete follower. Puts a follower away; it can be restored."""
        self.request("DELETE", f"/core/followers/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_follower(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a follower."""
        answer: EventPage = self.request("GET", f"/core/followers/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_follower(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a follower between two moments."""
        answer: Difference = self.request("GET", f"/core/followers/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_follower(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of followers between two moments."""
        answer: Differences = self.request("GET", "/core/followers/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_follower(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a follower."""
        answer: Explanation = self.request("GET", f"/core/followers/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_follower(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with followers."""
        answer: Explanation = self.request("GET", "/core/followers/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_follower(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of followers."""
        answer: Figures = self.request("GET", "/core/followers/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_follower(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Followers as a file."""
        answer: bytes = self.request("GET", "/core/followers/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_follower(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import followers."""
        answer: ImportReport = self.request("POST", "/core/followers/import", form=form)
        return answer

    def core_inspect_follower(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of followers seems to be."""
        answer: Inspection = self.request("POST", "/core/followers/import/inspect", form=form)
        return answer

    def core_bulk_follower(self, body: BulkRequest) -> BulkReport:
        """One action on many followers as one run."""
        answer: BulkReport = self.request("POST", "/core/followers/bulk", body=body)
        return answer

    def core_follow_record(self, body: CoreFollowRecordInput, *, idempotency_key: str | None = None) -> CoreFollower:
        """Follow. Tells you from now on what happens to a record. Asked again, it changes nothing."""
        answer: CoreFollower = self.request("POST", "/core/followers/follow", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_unfollow_record(self, body: CoreUnfollowRecordInput, *, idempotency_key: str | None = None) -> Any:
        """Unfollow. Tells you no longer what happens to a record."""
        answer: Any = self.request("POST", "/core/followers/unfollow", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_restore_follower(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreFollower:
        """Restore follower. Brings a deleted follower back."""
        answer: CoreFollower = self.request("POST", f"/core/followers/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_follower(self, id: str, body: CoreCopyFollowerInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreFollower:
        """Copy follower. Makes a new follower with the values of this one, but for those given."""
        answer: CoreFollower = self.request("POST", f"/core/followers/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_import(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreImport]:
        """List imports."""
        answer: Page[CoreImport] = self.request("GET", "/core/imports", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_import(self, body: CoreCreateImportInput | None = None, *, idempotency_key: str | None = None) -> CoreImport:
        """Create import. Makes a new import."""
        answer: CoreImport = self.request("POST", "/core/imports", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_import(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreImport:
        """One import with its rows."""
        answer: CoreImport = self.request("GET", f"/core/imports/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_import(self, id: str, body: CoreUpdateImportInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreImport:
        """Update import. Changes the given fields of a import."""
        answer: CoreImport = self.request("PATCH", f"/core/imports/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_import(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete import. Puts a import away; it can be restored."""
        self.request("DELETE", f"/core/imports/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_import(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a import."""
        answer: EventPage = self.request("GET", f"/core/imports/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_import(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a import between two moments."""
        answer: Difference = self.request("GET", f"/core/imports/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_import(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of imports between two moments."""
        answer: Differences = self.request("GET", "/core/imports/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_import(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a import."""
        answer: Explanation = self.request("GET", f"/core/imports/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_import(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with imports."""
        answer: Explanation = self.request("GET", "/core/imports/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_import(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of imports."""
        answer: Figures = self.request("GET", "/core/imports/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_import(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Imports as a file."""
        answer: bytes = self.request("GET", "/core/imports/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_import(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import imports."""
        answer: ImportReport = self.request("POST", "/core/imports/import", form=form)
        return answer

    def core_inspect_import(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of imports seems to be."""
        answer: Inspection = self.request("POST", "/core/imports/import/inspect", form=form)
        return answer

    def core_rejects_import(self, id: str) -> bytes:
        """Refused rows as a file."""
        answer: bytes = self.request("GET", f"/core/imports/{quote(id)}/rejects", plain=True)
        return answer

    def core_bulk_import(self, body: BulkRequest) -> BulkReport:
        """One action on many imports as one run."""
        answer: BulkReport = self.request("POST", "/core/imports/bulk", body=body)
        return answer

    def core_begin_import(self, body: CoreBeginImportInput, *, idempotency_key: str | None = None) -> CoreImport:
        """Import a file. Imports a file that was uploaded, in the background. What the rows become is one run, whose
        id is the import's."""
        answer: CoreImport = self.request("POST", "/core/imports/begin", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_cancel_import(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreImport:
        """Cancel. Stops an import after the rows that it has dealt with; what they became stays. Only while `state ==
        'running'`."""
        answer: CoreImport = self.request("POST", f"/core/imports/{quote(id)}/cancel", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_resume_import(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreImport:
        """Resume. Goes on with an import that was stopped, after the rows that it has dealt with. Only while `state
        in ['running', 'failed', 'cancelled']`."""
        answer: CoreImport = self.request("POST", f"/core/imports/{quote(id)}/resume", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_restore_import(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreImport:
        """Restore import. Brings a deleted import back."""
        answer: CoreImport = self.request("POST", f"/core/imports/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_import(self, id: str, body: CoreCopyImportInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreImport:
        """Copy import. Makes a new import with the values of this one, but for those given."""
        answer: CoreImport = self.request("POST", f"/core/imports/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_import_mapping(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreImportMapping]:
        """List import mappings."""
        answer: Page[CoreImportMapping] = self.request("GET", "/core/import-mappings", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_import_mapping(self, body: CoreCreateImportMappingInput, *, idempotency_key: str | None = None) -> CoreImportMapping:
        """Create import mapping. Makes a new import mapping."""
        answer: CoreImportMapping = self.request("POST", "/core/import-mappings", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_import_mapping(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreImportMapping:
        """One import mapping with its rows."""
        answer: CoreImportMapping = self.request("GET", f"/core/import-mappings/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_import_mapping(self, id: str, body: CoreUpdateImportMappingInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreImportMapping:
        """Update import mapping. Changes the given fields of a import mapping."""
        answer: CoreImportMapping = self.request("PATCH", f"/core/import-mappings/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_import_mapping(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete import mapping. Puts a import mapping away; it can be restored."""
        self.request("DELETE", f"/core/import-mappings/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_import_mapping(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a import mapping."""
        answer: EventPage = self.request("GET", f"/core/import-mappings/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_import_mapping(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a import mapping between two moments."""
        answer: Difference = self.request("GET", f"/core/import-mappings/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_import_mapping(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of import mappings between two moments."""
        answer: Differences = self.request("GET", "/core/import-mappings/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_import_mapping(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a import mapping."""
        answer: Explanation = self.request("GET", f"/core/import-mappings/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_import_mapping(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with import mappings."""
        answer: Explanation = self.request("GET", "/core/import-mappings/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_import_mapping(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of import mappings."""
        answer: Figures = self.request("GET", "/core/import-mappings/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_import_mapping(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Import mappings as a file."""
        answer: bytes = self.request("GET", "/core/import-mappings/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_import_mapping(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import import mappings."""
        answer: ImportReport = self.request("POST", "/core/import-mappings/import", form=form)
        return answer

    def core_inspect_import_mapping(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of import mappings seems to be."""
        answer: Inspection = self.request("POST", "/core/import-mappings/import/inspect", form=form)
        return answer

    def core_bulk_import_mapping(self, body: BulkRequest) -> BulkReport:
        """One action on many import mappings as one run."""
        answer: BulkReport = self.request("POST", "/core/import-mappings/bulk", body=body)
        return answer

    def core_restore_import_mapping(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreImportMapping:
        """Restore import mapping. Brings a deleted import mapping back."""
        answer: CoreImportMapping = self.request("POST", f"/core/import-mappings/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_import_mapping(self, id: str, body: CoreCopyImportMappingInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreImportMapping:
        """Copy import mapping. Makes a new import mapping with the values of this one, but for those given."""
        answer: CoreImportMapping = self.request("POST", f"/core/import-mappings/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_import_reject(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreImportReject]:
        """List refused rows."""
        answer: Page[CoreImportReject] = self.request("GET", "/core/import-rejects", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_import_reject(self, body: CoreCreateImportRejectInput | None = None, *, idempotency_key: str | None = None) -> CoreImportReject:
        """Create refused row. Makes a new refused row."""
        answer: CoreImportReject = self.request("POST", "/core/import-rejects", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_import_reject(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreImportReject:
        """One refused row with its rows."""
        answer: CoreImportReject = self.request("GET", f"/core/import-rejects/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_import_reject(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreImportReject:
        """Update refused row. Changes the given fields of a refused row."""
        answer: CoreImportReject = self.request("PATCH", f"/core/import-rejects/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_delete_import_reject(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete refused row. Puts a refused row away; it can be restored."""
        self.request("DELETE", f"/core/import-rejects/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_import_reject(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a refused row."""
        answer: EventPage = self.request("GET", f"/core/import-rejects/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_import_reject(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a refused row between two moments."""
        answer: Difference = self.request("GET", f"/core/import-rejects/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_import_reject(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of refused rows between two moments."""
        answer: Differences = self.request("GET", "/core/import-rejects/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_import_reject(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a refused row."""
        answer: Explanation = self.request("GET", f"/core/import-rejects/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_import_reject(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with refused rows."""
        answer: Explanation = self.request("GET", "/core/import-rejects/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_import_reject(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of refused rows."""
        answer: Figures = self.request("GET", "/core/import-rejects/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_import_reject(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Refused rows as a file."""
        answer: bytes = self.request("GET", "/core/import-rejects/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_import_reject(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import refused rows."""
        answer: ImportReport = self.request("POST", "/core/import-rejects/import", form=form)
        return answer

    def core_inspect_import_reject(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of refused rows seems to be."""
        answer: Inspection = self.request("POST", "/core/import-rejects/import/inspect", form=form)
        return answer

    def core_bulk_import_reject(self, body: BulkRequest) -> BulkReport:
        """One action on many refused rows as one run."""
        answer: BulkReport = self.request("POST", "/core/import-rejects/bulk", body=body)
        return answer

    def core_restore_import_reject(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreImportReject:
        """Restore refused row. Brings a deleted refused row back."""
        answer: CoreImportReject = self.request("POST", f"/core/import-rejects/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_import_reject(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreImportReject:
        """Copy refused row. Makes a new refused row with the values of this one, but for those given."""
        answer: CoreImportReject = self.request("POST", f"/core/import-rejects/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_list_job(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreJob]:
        """List jobs."""
        answer: Page[CoreJob] = self.request("GET", "/core/jobs", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_job(self, body: CoreCreateJobInput, *, idempotency_key: str | None = None) -> CoreJob:
        """Create job. Makes a new job."""
        answer: CoreJob = self.request("POST", "/core/jobs", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_job(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreJob:
        """One job with its rows."""
        answer: CoreJob = self.request("GET", f"/core/jobs/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_job(self, id: str, body: CoreUpdateJobInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreJob:
        """Update job. Changes the given fields of a job."""
        answer: CoreJob = self.request("PATCH", f"/core/jobs/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_job(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete job. Puts a job away; it can be restored."""
        self.request("DELETE", f"/core/jobs/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_job(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a job."""
        answer: EventPage = self.request("GET", f"/core/jobs/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_job(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a job between two moments."""
        answer: Difference = self.request("GET", f"/core/jobs/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_job(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of jobs between two moments."""
        answer: Differences = self.request("GET", "/core/jobs/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_job(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a job."""
        answer: Explanation = self.request("GET", f"/core/jobs/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_job(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with jobs."""
        answer: Explanation = self.request("GET", "/core/jobs/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_job(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of jobs."""
        answer: Figures = self.request("GET", "/core/jobs/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_job(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Jobs as a file."""
        answer: bytes = self.request("GET", "/core/jobs/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_job(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import jobs."""
        answer: ImportReport = self.request("POST", "/core/jobs/import", form=form)
        return answer

    def core_inspect_job(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of jobs seems to be."""
        answer: Inspection = self.request("POST", "/core/jobs/import/inspect", form=form)
        return answer

    def core_bulk_job(self, body: BulkRequest) -> BulkReport:
        """One action on many jobs as one run."""
        answer: BulkReport = self.request("POST", "/core/jobs/bulk", body=body)
        return answer

    def core_cancel_job(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreJob:
        """Cancel. Takes a job back that waits, or tells one that is run to stop. Only while `state in ['queued',
        'running']`."""
        answer: CoreJob = self.request("POST", f"/core/jobs/{quote(id)}/cancel", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_retry_job(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreJob:
        """Retry. Has a job run again that failed for good or was cancelled, with all its tries. Only while `state in
        ['dead', 'cancelled']`."""
        answer: CoreJob = self.request("POST", f"/core/jobs/{quote(id)}/retry", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_discard_job(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreJob:
        """Discard. Puts a job that failed for good aside: nobody waits for it any more. Only while `state == 'dead'`."""
        answer: CoreJob = self.request("POST", f"/core/jobs/{quote(id)}/discard", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_restore_job(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreJob:
        """Restore job. Brings a deleted job back."""
        answer: CoreJob = self.request("POST", f"/core/jobs/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_job(self, id: str, body: CoreCopyJobInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreJob:
        """Copy job. Makes a new job with the values of this one, but for those given."""
        answer: CoreJob = self.request("POST", f"/core/jobs/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_mail_template(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreMailTemplate]:
        """List mail templates."""
        answer: Page[CoreMailTemplate] = self.request("GET", "/core/mail-templates", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_mail_template(self, body: CoreCreateMailTemplateInput, *, idempotency_key: str | None = None) -> CoreMailTemplate:
        """Create mail template. Makes a new mail template."""
        answer: CoreMailTemplate = self.request("POST", "/core/mail-templates", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_mail_template(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreMailTemplate:
        """One mail template with its rows."""
        answer: CoreMailTemplate = self.request("GET", f"/core/mail-templates/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_mail_template(self, id: str, body: CoreUpdateMailTemplateInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreMailTemplate:
        """Update mail template. Changes the given fields of a mail template."""
        answer: CoreMailTemplate = self.request("PATCH", f"/core/mail-templates/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_mail_template(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete mail template. Puts a mail template away; it can be restored."""
        self.request("DELETE", f"/core/mail-templates/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_mail_template(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a mail template."""
        answer: EventPage = self.request("GET", f"/core/mail-templates/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_mail_template(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a mail template between two moments."""
        answer: Difference = self.request("GET", f"/core/mail-templates/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_mail_template(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of mail templates between two moments."""
        answer: Differences = self.request("GET", "/core/mail-templates/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_mail_template(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a mail template."""
        answer: Explanation = self.request("GET", f"/core/mail-templates/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_mail_template(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with mail templates."""
        answer: Explanation = self.request("GET", "/core/mail-templates/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_mail_template(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of mail templates."""
        answer: Figures = self.request("GET", "/core/mail-templates/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_mail_template(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Mail templates as a file."""
        answer: bytes = self.request("GET", "/core/mail-templates/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_mail_template(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import mail templates."""
        answer: ImportReport = self.request("POST", "/core/mail-templates/import", form=form)
        return answer

    def core_inspect_mail_template(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of mail templates seems to be."""
        answer: Inspection = self.request("POST", "/core/mail-templates/import/inspect", form=form)
        return answer

    def core_bulk_mail_template(self, body: BulkRequest) -> BulkReport:
        """One action on many mail templates as one run."""
        answer: BulkReport = self.request("POST", "/core/mail-templates/bulk", body=body)
        return answer

    def core_restore_mail_template(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreMailTemplate:
        """Restore mail template. Brings a deleted mail template back."""
        answer: CoreMailTemplate = self.request("POST", f"/core/mail-templates/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_mail_template(self, id: str, body: CoreCopyMailTemplateInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreMailTemplate:
        """Copy mail template. Makes a new mail template with the values of this one, but for those given."""
        answer: CoreMailTemplate = self.request("POST", f"/core/mail-templates/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_manifest(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreManifest]:
        """List manifests."""
        answer: Page[CoreManifest] = self.request("GET", "/core/manifests", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_manifest(self, body: CoreCreateManifestInput, *, idempotency_key: str | None = None) -> CoreManifest:
        """Create manifest. Makes a new manifest."""
        answer: CoreManifest = self.request("POST", "/core/manifests", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_manifest(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreManifest:
        """One manifest with its rows."""
        answer: CoreManifest = self.request("GET", f"/core/manifests/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_manifest(self, id: str, body: CoreUpdateManifestInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreManifest:
        """Update manifest. Changes the given fields of a manifest."""
        answer: CoreManifest = self.request("PATCH", f"/core/manifests/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_manifest(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete manifest. Puts a manifest away; it can be restored."""
        self.request("DELETE", f"/core/manifests/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_manifest(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a manifest."""
        answer: EventPage = self.request("GET", f"/core/manifests/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_manifest(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a manifest between two moments."""
        answer: Difference = self.request("GET", f"/core/manifests/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_manifest(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of manifests between two moments."""
        answer: Differences = self.request("GET", "/core/manifests/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_manifest(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a manifest."""
        answer: Explanation = self.request("GET", f"/core/manifests/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_manifest(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with manifests."""
        answer: Explanation = self.request("GET", "/core/manifests/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_manifest(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of manifests."""
        answer: Figures = self.request("GET", "/core/manifests/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_manifest(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Manifests as a file."""
        answer: bytes = self.request("GET", "/core/manifests/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_manifest(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import manifests."""
        answer: ImportReport = self.request("POST", "/core/manifests/import", form=form)
        return answer

    def core_inspect_manifest(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of manifests seems to be."""
        answer: Inspection = self.request("POST", "/core/manifests/import/inspect", form=form)
        return answer

    def core_bulk_manifest(self, body: BulkRequest) -> BulkReport:
        """One action on many manifests as one run."""
        answer: BulkReport = self.request("POST", "/core/manifests/bulk", body=body)
        return answer

    def core_restore_manifest(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreManifest:
        """Restore manifest. Brings a deleted manifest back."""
        answer: CoreManifest = self.request("POST", f"/core/manifests/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_manifest(self, id: str, body: CoreCopyManifestInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreManifest:
        """Copy manifest. Makes a new manifest with the values of this one, but for those given."""
        answer: CoreManifest = self.request("POST", f"/core/manifests/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_notification(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreNotification]:
        """List notifications."""
        answer: Page[CoreNotification] = self.request("GET", "/core/notifications", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_notification(self, body: CoreCreateNotificationInput, *, idempotency_key: str | None = None) -> CoreNotification:
        """Create notification. Makes a new notification."""
        answer: CoreNotification = self.request("POST", "/core/notifications", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_notification(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreNotification:
        """One notification with its rows."""
        answer: CoreNotification = self.request("GET", f"/core/notifications/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_notification(self, id: str, body: CoreUpdateNotificationInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreNotification:
        """Update notification. Changes the given fields of a notification."""
        answer: CoreNotification = self.request("PATCH", f"/core/notifications/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_notification(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete notification. Puts a notification away; it can be restored."""
        self.request("DELETE", f"/core/notifications/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_notification(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a notification."""
        answer: EventPage = self.request("GET", f"/core/notifications/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_notification(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a notification between two moments."""
        answer: Difference = self.request("GET", f"/core/notifications/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_notification(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of notifications between two moments."""
        answer: Differences = self.request("GET", "/core/notifications/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_notification(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a notification."""
        answer: Explanation = self.request("GET", f"/core/notifications/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_notification(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with notifications."""
        answer: Explanation = self.request("GET", "/core/notifications/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_notification(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of notifications."""
        answer: Figures = self.request("GET", "/core/notifications/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_notification(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Notifications as a file."""
        answer: bytes = self.request("GET", "/core/notifications/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_notification(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import notifications."""
        answer: ImportReport = self.request("POST", "/core/notifications/import", form=form)
        return answer

    def core_inspect_notification(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of notifications seems to be."""
        answer: Inspection = self.request("POST", "/core/notifications/import/inspect", form=form)
        return answer

    def core_bulk_notification(self, body: BulkRequest) -> BulkReport:
        """One action on many notifications as one run."""
        answer: BulkReport = self.request("POST", "/core/notifications/bulk", body=body)
        return answer

    def core_mark_notification_read(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreNotification:
        """Mark as read. Marks a notification of yours as read. Only while `read_at == null`."""
        answer: CoreNotification = self.request("POST", f"/core/notifications/{quote(id)}/mark-read", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_mark_all_notifications_read(self, *, idempotency_key: str | None = None) -> Any:
        """Mark all as read. Marks all your notifications as read."""
        answer: Any = self.request("POST", "/core/notifications/mark-all-read", header={"Idempotency-Key": idempotency_key})
        return answer

    def core_restore_notification(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreNotification:
        """Restore notification. Brings a deleted notification back."""
        answer: CoreNotification = self.request("POST", f"/core/notifications/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_notification(self, id: str, body: CoreCopyNotificationInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreNotification:
        """Copy notification. Makes a new notification with the values of this one, but for those given."""
        answer: CoreNotification = self.request("POST", f"/core/notifications/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_notification_settings(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreNotificationSettings]:
        """List notification settings."""
        answer: Page[CoreNotificationSettings] = self.request("GET", "/core/notification-settings", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_notification_settings(self, body: CoreCreateNotificationSettingsInput | None = None, *, idempotency_key: str | None = None) -> CoreNotificationSettings:
        """Create notification settings. Makes a new notification settings."""
        answer: CoreNotificationSettings = self.request("POST", "/core/notification-settings", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_notification_settings(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreNotificationSettings:
        """One notification settings with its rows."""
        answer: CoreNotificationSettings = self.request("GET", f"/core/notification-settings/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_notification_settings(self, id: str, body: CoreUpdateNotificationSettingsInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreNotificationSettings:
        """Update notification settings. Changes the given fields of a notification settings."""
        answer: CoreNotificationSettings = self.request("PATCH", f"/core/notification-settings/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_notification_settings(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete notification settings. Puts a notification settings away; it can be restored."""
        self.request("DELETE", f"/core/notification-settings/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_notification_settings(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a notification settings."""
        answer: EventPage = self.request("GET", f"/core/notification-settings/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_notification_settings(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a notification settings between two moments."""
        answer: Difference = self.request("GET", f"/core/notification-settings/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_notification_settings(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of notification settings between two moments."""
        answer: Differences = self.request("GET", "/core/notification-settings/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_notification_settings(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a notification settings."""
        answer: Explanation = self.request("GET", f"/core/notification-settings/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_notification_settings(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with notification settings."""
        answer: Explanation = self.request("GET", "/core/notification-settings/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_notification_settings(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of notification settings."""
        answer: Figures = self.request("GET", "/core/notification-settings/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_notification_settings(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Notification settings as a file."""
        answer: bytes = self.request("GET", "/core/notification-settings/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_notification_settings(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import notification settings."""
        answer: ImportReport = self.request("POST", "/core/notification-settings/import", form=form)
        return answer

    def core_inspect_notification_settings(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of notification settings seems to be."""
        answer: Inspection = self.request("POST", "/core/notification-settings/import/inspect", form=form)
        return answer

    def core_bulk_notification_settings(self, body: BulkRequest) -> BulkReport:
        """One action on many notification settings as one run."""
        answer: BulkReport = self.request("POST", "/core/notification-settings/bulk", body=body)
        return answer

    def core_restore_notification_settings(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreNotificationSettings:
        """Restore notification settings. Brings a deleted notification settings back."""
        answer: CoreNotificationSettings = self.request("POST", f"/core/notification-settings/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_notification_settings(self, id: str, body: CoreCopyNotificationSettingsInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreNotificationSettings:
        """Copy notification settings. Makes a new notification settings with the values of this one, but for those
        given."""
        answer: CoreNotificationSettings = self.request("POST", f"/core/notification-settings/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_outgoing_mail(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreOutgoingMail]:
        """List outgoing mails."""
        answer: Page[CoreOutgoingMail] = self.request("GET", "/core/outgoing-mails", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_outgoing_mail(self, body: CoreCreateOutgoingMailInput, *, idempotency_key: str | None = None) -> CoreOutgoingMail:
        """Create outgoing mail. Makes a new outgoing mail."""
        answer: CoreOutgoingMail = self.request("POST", "/core/outgoing-mails", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_outgoing_mail(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreOutgoingMail:
        """One outgoing mail with its rows."""
        answer: CoreOutgoingMail = self.request("GET", f"/core/outgoing-mails/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_outgoing_mail(self, id: str, body: CoreUpdateOutgoingMailInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreOutgoingMail:
        """Update outgoing mail. Changes the given fields of a outgoing mail."""
        answer: CoreOutgoingMail = self.request("PATCH", f"/core/outgoing-mails/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_outgoing_mail(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete outgoing mail. Puts a outgoing mail away; it can be restored."""
        self.request("DELETE", f"/core/outgoing-mails/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_outgoing_mail(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a outgoing mail."""
        answer: EventPage = self.request("GET", f"/core/outgoing-mails/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_outgoing_mail(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a outgoing mail between two moments."""
        answer: Difference = self.request("GET", f"/core/outgoing-mails/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_outgoing_mail(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of outgoing mails between two moments."""
        answer: Differences = self.request("GET", "/core/outgoing-mails/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_outgoing_mail(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a outgoing mail."""
        answer: Explanation = self.request("GET", f"/core/outgoing-mails/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_outgoing_mail(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with outgoing mails."""
        answer: Explanation = self.request("GET", "/core/outgoing-mails/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_outgoing_mail(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of outgoing mails."""
        answer: Figures = self.request("GET", "/core/outgoing-mails/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_outgoing_mail(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Outgoing mails as a file."""
        answer: bytes = self.request("GET", "/core/outgoing-mails/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_outgoing_mail(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import outgoing mails."""
        answer: ImportReport = self.request("POST", "/core/outgoing-mails/import", form=form)
        return answer

    def core_inspect_outgoing_mail(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of outgoing mails seems to be."""
        answer: Inspection = self.request("POST", "/core/outgoing-mails/import/inspect", form=form)
        return answer

    def core_bulk_outgoing_mail(self, body: BulkRequest) -> BulkReport:
        """One action on many outgoing mails as one run."""
        answer: BulkReport = self.request("POST", "/core/outgoing-mails/bulk", body=body)
        return answer

    def core_restore_outgoing_mail(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreOutgoingMail:
        """Restore outgoing mail. Brings a deleted outgoing mail back."""
        answer: CoreOutgoingMail = self.request("POST", f"/core/outgoing-mails/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_outgoing_mail(self, id: str, body: CoreCopyOutgoingMailInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreOutgoingMail:
        """Copy outgoing mail. Makes a new outgoing mail with the values of this one, but for those given."""
        answer: CoreOutgoingMail = self.request("POST", f"/core/outgoing-mails/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_saved_view(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreSavedView]:
        """List saved views."""
        answer: Page[CoreSavedView] = self.request("GET", "/core/saved-views", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_saved_view(self, body: CoreCreateSavedViewInput, *, idempotency_key: str | None = None) -> CoreSavedView:
        """Create saved view. Makes a new saved view."""
        answer: CoreSavedView = self.request("POST", "/core/saved-views", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_saved_view(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreSavedView:
        """One saved view with its rows."""
        answer: CoreSavedView = self.request("GET", f"/core/saved-views/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_saved_view(self, id: str, body: CoreUpdateSavedViewInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreSavedView:
        """Update saved view. Changes the given fields of a saved view."""
        answer: CoreSavedView = self.request("PATCH", f"/core/saved-views/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_saved_view(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete saved view. Puts a saved view away; it can be restored."""
        self.request("DELETE", f"/core/saved-views/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_saved_view(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a saved view."""
        answer: EventPage = self.request("GET", f"/core/saved-views/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_saved_view(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a saved view between two moments."""
        answer: Difference = self.request("GET", f"/core/saved-views/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_saved_view(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of saved views between two moments."""
        answer: Differences = self.request("GET", "/core/saved-views/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_saved_view(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a saved view."""
        answer: Explanation = self.request("GET", f"/core/saved-views/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_saved_view(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with saved views."""
        answer: Explanation = self.request("GET", "/core/saved-views/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_saved_view(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of saved views."""
        answer: Figures = self.request("GET", "/core/saved-views/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_saved_view(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Saved views as a file."""
        answer: bytes = self.request("GET", "/core/saved-views/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_saved_view(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import saved views."""
        answer: ImportReport = self.request("POST", "/core/saved-views/import", form=form)
        return answer

    def core_inspect_saved_view(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of saved views seems to be."""
        answer: Inspection = self.request("POST", "/core/saved-views/import/inspect", form=form)
        return answer

    def core_bulk_saved_view(self, body: BulkRequest) -> BulkReport:
        """One action on many saved views as one run."""
        answer: BulkReport = self.request("POST", "/core/saved-views/bulk", body=body)
        return answer

    def core_restore_saved_view(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreSavedView:
        """Restore saved view. Brings a deleted saved view back."""
        answer: CoreSavedView = self.request("POST", f"/core/saved-views/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_saved_view(self, id: str, body: CoreCopySavedViewInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreSavedView:
        """Copy saved view. Makes a new saved view with the values of this one, but for those given."""
        answer: CoreSavedView = self.request("POST", f"/core/saved-views/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_schedule(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreSchedule]:
        """List schedules."""
        answer: Page[CoreSchedule] = self.request("GET", "/core/schedules", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_schedule(self, body: CoreCreateScheduleInput, *, idempotency_key: str | None = None) -> CoreSchedule:
        """Create schedule. Makes a new schedule."""
        answer: CoreSchedule = self.request("POST", "/core/schedules", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_schedule(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreSchedule:
        """One schedule with its rows."""
        answer: CoreSchedule = self.request("GET", f"/core/schedules/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_schedule(self, id: str, body: CoreUpdateScheduleInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreSchedule:
        """Update schedule. Changes the given fields of a schedule."""
        answer: CoreSchedule = self.request("PATCH", f"/core/schedules/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_schedule(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete schedule. Puts a schedule away; it can be restored."""
        self.request("DELETE", f"/core/schedules/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_schedule(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a schedule."""
        answer: EventPage = self.request("GET", f"/core/schedules/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_schedule(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a schedule between two moments."""
        answer: Difference = self.request("GET", f"/core/schedules/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_schedule(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of schedules between two moments."""
        answer: Differences = self.request("GET", "/core/schedules/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_schedule(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a schedule."""
        answer: Explanation = self.request("GET", f"/core/schedules/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_schedule(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with schedules."""
        answer: Explanation = self.request("GET", "/core/schedules/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_schedule(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of schedules."""
        answer: Figures = self.request("GET", "/core/schedules/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_schedule(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Schedules as a file."""
        answer: bytes = self.request("GET", "/core/schedules/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_schedule(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import schedules."""
        answer: ImportReport = self.request("POST", "/core/schedules/import", form=form)
        return answer

    def core_inspect_schedule(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of schedules seems to be."""
        answer: Inspection = self.request("POST", "/core/schedules/import/inspect", form=form)
        return answer

    def core_bulk_schedule(self, body: BulkRequest) -> BulkReport:
        """One action on many schedules as one run."""
        answer: BulkReport = self.request("POST", "/core/schedules/bulk", body=body)
        return answer

    def core_restore_schedule(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreSchedule:
        """Restore schedule. Brings a deleted schedule back."""
        answer: CoreSchedule = self.request("POST", f"/core/schedules/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_schedule(self, id: str, body: CoreCopyScheduleInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreSchedule:
        """Copy schedule. Makes a new schedule with the values of this one, but for those given."""
        answer: CoreSchedule = self.request("POST", f"/core/schedules/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_share(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreShare]:
        """List shares."""
        answer: Page[CoreShare] = self.request("GET", "/core/shares", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_share(self, body: CoreCreateShareInput, *, idempotency_key: str | None = None) -> CoreShare:
        """Create share. Makes a new share."""
        answer: CoreShare = self.request("POST", "/core/shares", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_share(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreShare:
        """One share with its rows."""
        answer: CoreShare = self.request("GET", f"/core/shares/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_share(self, id: str, body: CoreUpdateShareInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreShare:
        """Update share. Changes the given fields of a share."""
        answer: CoreShare = self.request("PATCH", f"/core/shares/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_share(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete share. Puts a share away; it can be restored."""
        self.request("DELETE", f"/core/shares/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_share(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a share."""
        answer: EventPage = self.request("GET", f"/core/shares/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_share(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a share between two moments."""
        answer: Difference = self.request("GET", f"/core/shares/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_share(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of shares between two moments."""
        answer: Differences = self.request("GET", "/core/shares/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_share(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a share."""
        answer: Explanation = self.request("GET", f"/core/shares/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_share(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with shares."""
        answer: Explanation = self.request("GET", "/core/shares/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_share(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of shares."""
        answer: Figures = self.request("GET", "/core/shares/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_share(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Shares as a file."""
        answer: bytes = self.request("GET", "/core/shares/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_share(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import shares."""
        answer: ImportReport = self.request("POST", "/core/shares/import", form=form)
        return answer

    def core_inspect_share(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of shares seems to be."""
        answer: Inspection = self.request("POST", "/core/shares/import/inspect", form=form)
        return answer

    def core_bulk_share(self, body: BulkRequest) -> BulkReport:
        """One action on many shares as one run."""
        answer: BulkReport = self.request("POST", "/core/shares/bulk", body=body)
        return answer

    def core_share_by_link(self, body: CoreShareByLinkInput, *, idempotency_key: str | None = None) -> Any:
        """Share by link. Makes a link by which anybody reads one record as you see it. Its token is in the answer and
        never again."""
        answer: Any = self.request("POST", "/core/shares/link", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_restore_share(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreShare:
        """Restore share. Brings a deleted share back."""
        answer: CoreShare = self.request("POST", f"/core/shares/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_share(self, id: str, body: CoreCopyShareInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreShare:
        """Copy share. Makes a new share with the values of this one, but for those given."""
        answer: CoreShare = self.request("POST", f"/core/shares/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_tag(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreTag]:
        """List tags."""
        answer: Page[CoreTag] = self.request("GET", "/core/tags", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_tag(self, body: CoreCreateTagInput, *, idempotency_key: str | None = None) -> CoreTag:
        """Create tag. Makes a new tag."""
        answer: CoreTag = self.request("POST", "/core/tags", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_tag(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreTag:
        """One tag with its rows."""
        answer: CoreTag = self.request("GET", f"/core/tags/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_tag(self, id: str, body: CoreUpdateTagInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTag:
        """Update tag. Changes the given fields of a tag."""
        answer: CoreTag = self.request("PATCH", f"/core/tags/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_tag(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete tag. Puts a tag away; it can be restored."""
        self.request("DELETE", f"/core/tags/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_tag(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a tag."""
        answer: EventPage = self.request("GET", f"/core/tags/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_tag(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a tag between two moments."""
        answer: Difference = self.request("GET", f"/core/tags/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_tag(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of tags between two moments."""
        answer: Differences = self.request("GET", "/core/tags/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_tag(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a tag."""
        answer: Explanation = self.request("GET", f"/core/tags/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_tag(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with tags."""
        answer: Explanation = self.request("GET", "/core/tags/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_tag(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of tags."""
        answer: Figures = self.request("GET", "/core/tags/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_tag(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Tags as a file."""
        answer: bytes = self.request("GET", "/core/tags/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_tag(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import tags."""
        answer: ImportReport = self.request("POST", "/core/tags/import", form=form)
        return answer

    def core_inspect_tag(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of tags seems to be."""
        answer: Inspection = self.request("POST", "/core/tags/import/inspect", form=form)
        return answer

    def core_bulk_tag(self, body: BulkRequest) -> BulkReport:
        """One action on many tags as one run."""
        answer: BulkReport = self.request("POST", "/core/tags/bulk", body=body)
        return answer

    def core_restore_tag(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTag:
        """Restore tag. Brings a deleted tag back."""
        answer: CoreTag = self.request("POST", f"/core/tags/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_tag(self, id: str, body: CoreCopyTagInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTag:
        """Copy tag. Makes a new tag with the values of this one, but for those given."""
        answer: CoreTag = self.request("POST", f"/core/tags/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_tagging(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreTagging]:
        """List taggings."""
        answer: Page[CoreTagging] = self.request("GET", "/core/taggings", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_tagging(self, body: CoreCreateTaggingInput, *, idempotency_key: str | None = None) -> CoreTagging:
        """Create tagging. Makes a new tagging."""
        answer: CoreTagging = self.request("POST", "/core/taggings", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_tagging(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreTagging:
        """One tagging with its rows."""
        answer: CoreTagging = self.request("GET", f"/core/taggings/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_tagging(self, id: str, body: CoreUpdateTaggingInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTagging:
        """Update tagging. Changes the given fields of a tagging."""
        answer: CoreTagging = self.request("PATCH", f"/core/taggings/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_tagging(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete tagging. Puts a tagging away; it can be restored."""
        self.request("DELETE", f"/core/taggings/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_tagging(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a tagging."""
        answer: EventPage = self.request("GET", f"/core/taggings/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_tagging(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a tagging between two moments."""
        answer: Difference = self.request("GET", f"/core/taggings/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_tagging(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of taggings between two moments."""
        answer: Differences = self.request("GET", "/core/taggings/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_tagging(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a tagging."""
        answer: Explanation = self.request("GET", f"/core/taggings/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_tagging(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with taggings."""
        answer: Explanation = self.request("GET", "/core/taggings/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_tagging(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of taggings."""
        answer: Figures = self.request("GET", "/core/taggings/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_tagging(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Taggings as a file."""
        answer: bytes = self.request("GET", "/core/taggings/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_tagging(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import taggings."""
        answer: ImportReport = self.request("POST", "/core/taggings/import", form=form)
        return answer

    def core_inspect_tagging(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of taggings seems to be."""
        answer: Inspection = self.request("POST", "/core/taggings/import/inspect", form=form)
        return answer

    def core_bulk_tagging(self, body: BulkRequest) -> BulkReport:
        """One action on many taggings as one run."""
        answer: BulkReport = self.request("POST", "/core/taggings/bulk", body=body)
        return answer

    def core_restore_tagging(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTagging:
        """Restore tagging. Brings a deleted tagging back."""
        answer: CoreTagging = self.request("POST", f"/core/taggings/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_tagging(self, id: str, body: CoreCopyTaggingInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTagging:
        """Copy tagging. Makes a new tagging with the values of this one, but for those given."""
        answer: CoreTagging = self.request("POST", f"/core/taggings/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_team(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreTeam]:
        """List teams."""
        answer: Page[CoreTeam] = self.request("GET", "/core/teams", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_team(self, body: CoreCreateTeamInput, *, idempotency_key: str | None = None) -> CoreTeam:
        """Create team. Makes a new team."""
        answer: CoreTeam = self.request("POST", "/core/teams", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_team(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreTeam:
        """One team with its rows."""
        answer: CoreTeam = self.request("GET", f"/core/teams/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_team(self, id: str, body: CoreUpdateTeamInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTeam:
        """Update team. Changes the given fields of a team."""
        answer: CoreTeam = self.request("PATCH", f"/core/teams/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_team(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete team. Puts a team away; it can be restored."""
        self.request("DELETE", f"/core/teams/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_team(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a team."""
        answer: EventPage = self.request("GET", f"/core/teams/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_team(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a team between two moments."""
        answer: Difference = self.request("GET", f"/core/teams/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_team(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of teams between two moments."""
        answer: Differences = self.request("GET", "/core/teams/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_team(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a team."""
        answer: Explanation = self.request("GET", f"/core/teams/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_team(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with teams."""
        answer: Explanation = self.request("GET", "/core/teams/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_team(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of teams."""
        answer: Figures = self.request("GET", "/core/teams/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_team(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Teams as a file."""
        answer: bytes = self.request("GET", "/core/teams/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_team(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import teams."""
        answer: ImportReport = self.request("POST", "/core/teams/import", form=form)
        return answer

    def core_inspect_team(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of teams seems to be."""
        answer: Inspection = self.request("POST", "/core/teams/import/inspect", form=form)
        return answer

    def core_bulk_team(self, body: BulkRequest) -> BulkReport:
        """One action on many teams as one run."""
        answer: BulkReport = self.request("POST", "/core/teams/bulk", body=body)
        return answer

    def core_restore_team(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTeam:
        """Restore team. Brings a deleted team back."""
        answer: CoreTeam = self.request("POST", f"/core/teams/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_team(self, id: str, body: CoreCopyTeamInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTeam:
        """Copy team. Makes a new team with the values of this one, but for those given."""
        answer: CoreTeam = self.request("POST", f"/core/teams/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_template(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreTemplate]:
        """List templates."""
        answer: Page[CoreTemplate] = self.request("GET", "/core/templates", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_template(self, body: CoreCreateTemplateInput, *, idempotency_key: str | None = None) -> CoreTemplate:
        """Create template. Makes a new template."""
        answer: CoreTemplate = self.request("POST", "/core/templates", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_template(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreTemplate:
        """One template with its rows."""
        answer: CoreTemplate = self.request("GET", f"/core/templates/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_template(self, id: str, body: CoreUpdateTemplateInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTemplate:
        """Update template. Changes the given fields of a template."""
        answer: CoreTemplate = self.request("PATCH", f"/core/templates/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_template(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete template. Puts a template away; it can be restored."""
        self.request("DELETE", f"/core/templates/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_template(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a template."""
        answer: EventPage = self.request("GET", f"/core/templates/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_template(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a template between two moments."""
        answer: Difference = self.request("GET", f"/core/templates/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_template(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of templates between two moments."""
        answer: Differences = self.request("GET", "/core/templates/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_template(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a template."""
        answer: Explanation = self.request("GET", f"/core/templates/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_template(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with templates."""
        answer: Explanation = self.request("GET", "/core/templates/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_template(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of templates."""
        answer: Figures = self.request("GET", "/core/templates/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_template(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Templates as a file."""
        answer: bytes = self.request("GET", "/core/templates/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_template(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import templates."""
        answer: ImportReport = self.request("POST", "/core/templates/import", form=form)
        return answer

    def core_inspect_template(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of templates seems to be."""
        answer: Inspection = self.request("POST", "/core/templates/import/inspect", form=form)
        return answer

    def core_bulk_template(self, body: BulkRequest) -> BulkReport:
        """One action on many templates as one run."""
        answer: BulkReport = self.request("POST", "/core/templates/bulk", body=body)
        return answer

    def core_use_template(self, id: str, body: CoreUseTemplateInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> Any:
        """Make from this. Makes a record with a template's values, under the rights of whoever makes it."""
        answer: Any = self.request("POST", f"/core/templates/{quote(id)}/use", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_restore_template(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTemplate:
        """Restore template. Brings a deleted template back."""
        answer: CoreTemplate = self.request("POST", f"/core/templates/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_template(self, id: str, body: CoreCopyTemplateInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTemplate:
        """Copy template. Makes a new template with the values of this one, but for those given."""
        answer: CoreTemplate = self.request("POST", f"/core/templates/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_translation(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreTranslation]:
        """List translations."""
        answer: Page[CoreTranslation] = self.request("GET", "/core/translations", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_translation(self, body: CoreCreateTranslationInput, *, idempotency_key: str | None = None) -> CoreTranslation:
        """Create translation. Makes a new translation."""
        answer: CoreTranslation = self.request("POST", "/core/translations", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_translation(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreTranslation:
        """One translation with its rows."""
        answer: CoreTranslation = self.request("GET", f"/core/translations/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_translation(self, id: str, body: CoreUpdateTranslationInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTranslation:
        """Update translation. Changes the given fields of a translation."""
        answer: CoreTranslation = self.request("PATCH", f"/core/translations/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_translation(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete translation. Puts a translation away; it can be restored."""
        self.request("DELETE", f"/core/translations/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_translation(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a translation."""
        answer: EventPage = self.request("GET", f"/core/translations/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_translation(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a translation between two moments."""
        answer: Difference = self.request("GET", f"/core/translations/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_translation(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of translations between two moments."""
        answer: Differences = self.request("GET", "/core/translations/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_translation(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a translation."""
        answer: Explanation = self.request("GET", f"/core/translations/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_translation(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with translations."""
        answer: Explanation = self.request("GET", "/core/translations/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_translation(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of translations."""
        answer: Figures = self.request("GET", "/core/translations/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_translation(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Translations as a file."""
        answer: bytes = self.request("GET", "/core/translations/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_translation(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import translations."""
        answer: ImportReport = self.request("POST", "/core/translations/import", form=form)
        return answer

    def core_inspect_translation(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of translations seems to be."""
        answer: Inspection = self.request("POST", "/core/translations/import/inspect", form=form)
        return answer

    def core_bulk_translation(self, body: BulkRequest) -> BulkReport:
        """One action on many translations as one run."""
        answer: BulkReport = self.request("POST", "/core/translations/bulk", body=body)
        return answer

    def core_restore_translation(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTranslation:
        """Restore translation. Brings a deleted translation back."""
        answer: CoreTranslation = self.request("POST", f"/core/translations/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_translation(self, id: str, body: CoreCopyTranslationInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreTranslation:
        """Copy translation. Makes a new translation with the values of this one, but for those given."""
        answer: CoreTranslation = self.request("POST", f"/core/translations/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_list_user(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CoreUser]:
        """List users."""
        answer: Page[CoreUser] = self.request("GET", "/core/users", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def core_create_user(self, body: CoreCreateUserInput, *, idempotency_key: str | None = None) -> CoreUser:
        """Create user. Makes a new user."""
        answer: CoreUser = self.request("POST", "/core/users", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def core_get_user(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CoreUser:
        """One user with its rows."""
        answer: CoreUser = self.request("GET", f"/core/users/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def core_update_user(self, id: str, body: CoreUpdateUserInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreUser:
        """Update user. Changes the given fields of a user."""
        answer: CoreUser = self.request("PATCH", f"/core/users/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def core_delete_user(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete user. Puts a user away; it can be restored."""
        self.request("DELETE", f"/core/users/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def core_history_user(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a user."""
        answer: EventPage = self.request("GET", f"/core/users/{quote(id)}/history", query={"after": after})
        return answer

    def core_changes_user(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a user between two moments."""
        answer: Difference = self.request("GET", f"/core/users/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def core_all_changes_user(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of users between two moments."""
        answer: Differences = self.request("GET", "/core/users/changes", query={"from": from_, "to": to})
        return answer

    def core_explain_user(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a user."""
        answer: Explanation = self.request("GET", f"/core/users/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def core_explain_all_user(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with users."""
        answer: Explanation = self.request("GET", "/core/users/explain", query={"verb": verb, "user": user})
        return answer

    def core_aggregate_user(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of users."""
        answer: Figures = self.request("GET", "/core/users/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def core_export_user(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Users as a file."""
        answer: bytes = self.request("GET", "/core/users/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def core_import_user(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import users."""
        answer: ImportReport = self.request("POST", "/core/users/import", form=form)
        return answer

    def core_inspect_user(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of users seems to be."""
        answer: Inspection = self.request("POST", "/core/users/import/inspect", form=form)
        return answer

    def core_bulk_user(self, body: BulkRequest) -> BulkReport:
        """One action on many users as one run."""
        answer: BulkReport = self.request("POST", "/core/users/bulk", body=body)
        return answer

    def core_restore_user(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreUser:
        """Restore user. Brings a deleted user back."""
        answer: CoreUser = self.request("POST", f"/core/users/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def core_copy_user(self, id: str, body: CoreCopyUserInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CoreUser:
        """Copy user. Makes a new user with the values of this one, but for those given."""
        answer: CoreUser = self.request("POST", f"/core/users/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def contacts_list_party(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[ContactsParty]:
        """List contacts."""
        answer: Page[ContactsParty] = self.request("GET", "/contacts/parties", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def contacts_create_party(self, body: ContactsCreatePartyInput, *, idempotency_key: str | None = None) -> ContactsParty:
        """Create contact. Makes a new contact."""
        answer: ContactsParty = self.request("POST", "/contacts/parties", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def contacts_get_party(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> ContactsParty:
        """One contact with its rows."""
        answer: ContactsParty = self.request("GET", f"/contacts/parties/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def contacts_update_party(self, id: str, body: ContactsUpdatePartyInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> ContactsParty:
        """Update contact. Changes the given fields of a contact."""
        answer: ContactsParty = self.request("PATCH", f"/contacts/parties/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def contacts_delete_party(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete contact. Puts a contact away; it can be restored."""
        self.request("DELETE", f"/contacts/parties/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def contacts_history_party(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a contact."""
        answer: EventPage = self.request("GET", f"/contacts/parties/{quote(id)}/history", query={"after": after})
        return answer

    def contacts_changes_party(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a contact between two moments."""
        answer: Difference = self.request("GET", f"/contacts/parties/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def contacts_all_changes_party(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of contacts between two moments."""
        answer: Differences = self.request("GET", "/contacts/parties/changes", query={"from": from_, "to": to})
        return answer

    def contacts_explain_party(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a contact."""
        answer: Explanation = self.request("GET", f"/contacts/parties/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def contacts_explain_all_party(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with contacts."""
        answer: Explanation = self.request("GET", "/contacts/parties/explain", query={"verb": verb, "user": user})
        return answer

    def contacts_duplicates_party(self, *, filter: str | None = None, of: str | None = None) -> Duplicates:
        """Contacts that may be one."""
        answer: Duplicates = self.request("GET", "/contacts/parties/duplicates", query={"filter": filter, "of": of})
        return answer

    def contacts_aggregate_party(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of contacts."""
        answer: Figures = self.request("GET", "/contacts/parties/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def contacts_export_party(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Contacts as a file."""
        answer: bytes = self.request("GET", "/contacts/parties/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def contacts_import_party(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import contacts."""
        answer: ImportReport = self.request("POST", "/contacts/parties/import", form=form)
        return answer

    def contacts_inspect_party(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of contacts seems to be."""
        answer: Inspection = self.request("POST", "/contacts/parties/import/inspect", form=form)
        return answer

    def contacts_bulk_party(self, body: BulkRequest) -> BulkReport:
        """One action on many contacts as one run."""
        answer: BulkReport = self.request("POST", "/contacts/parties/bulk", body=body)
        return answer

    def contacts_restore_party(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> ContactsParty:
        """Restore contact. Brings a deleted contact back."""
        answer: ContactsParty = self.request("POST", f"/contacts/parties/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def contacts_copy_party(self, id: str, body: ContactsCopyPartyInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> ContactsParty:
        """Copy contact. Makes a new contact with the values of this one, but for those given."""
        answer: ContactsParty = self.request("POST", f"/contacts/parties/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def contacts_merge_party(self, id: str, body: ContactsMergePartyInput, *, idempotency_key: str | None = None, if_match: str | None = None) -> ContactsParty:
        """Merge. Makes one contact of several: all that led to the others leads to this one from then on."""
        answer: ContactsParty = self.request("POST", f"/contacts/parties/{quote(id)}/merge", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def crm_list_deal(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CrmDeal]:
        """List deals."""
        answer: Page[CrmDeal] = self.request("GET", "/crm/deals", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def crm_create_deal(self, body: CrmCreateDealInput, *, idempotency_key: str | None = None) -> CrmDeal:
        """Create deal. Makes a new deal."""
        answer: CrmDeal = self.request("POST", "/crm/deals", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def crm_get_deal(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CrmDeal:
        """One deal with its rows."""
        answer: CrmDeal = self.request("GET", f"/crm/deals/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def crm_update_deal(self, id: str, body: CrmUpdateDealInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CrmDeal:
        """Update deal. Changes the given fields of a deal."""
        answer: CrmDeal = self.request("PATCH", f"/crm/deals/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def crm_delete_deal(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete deal. Puts a deal away; it can be restored."""
        self.request("DELETE", f"/crm/deals/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def crm_history_deal(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a deal."""
        answer: EventPage = self.request("GET", f"/crm/deals/{quote(id)}/history", query={"after": after})
        return answer

    def crm_changes_deal(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a deal between two moments."""
        answer: Difference = self.request("GET", f"/crm/deals/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def crm_all_changes_deal(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of deals between two moments."""
        answer: Differences = self.request("GET", "/crm/deals/changes", query={"from": from_, "to": to})
        return answer

    def crm_explain_deal(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a deal."""
        answer: Explanation = self.request("GET", f"/crm/deals/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def crm_explain_all_deal(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with deals."""
        answer: Explanation = self.request("GET", "/crm/deals/explain", query={"verb": verb, "user": user})
        return answer

    def crm_aggregate_deal(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of deals."""
        answer: Figures = self.request("GET", "/crm/deals/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def crm_export_deal(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Deals as a file."""
        answer: bytes = self.request("GET", "/crm/deals/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def crm_import_deal(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import deals."""
        answer: ImportReport = self.request("POST", "/crm/deals/import", form=form)
        return answer

    def crm_inspect_deal(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of deals seems to be."""
        answer: Inspection = self.request("POST", "/crm/deals/import/inspect", form=form)
        return answer

    def crm_bulk_deal(self, body: BulkRequest) -> BulkReport:
        """One action on many deals as one run."""
        answer: BulkReport = self.request("POST", "/crm/deals/bulk", body=body)
        return answer

    def crm_restore_deal(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CrmDeal:
        """Restore deal. Brings a deleted deal back."""
        answer: CrmDeal = self.request("POST", f"/crm/deals/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def crm_copy_deal(self, id: str, body: CrmCopyDealInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CrmDeal:
        """Copy deal. Makes a new deal with the values of this one, but for those given."""
        answer: CrmDeal = self.request("POST", f"/crm/deals/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def crm_list_lead(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CrmLead]:
        """List leads."""
        answer: Page[CrmLead] = self.request("GET", "/crm/leads", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def crm_create_lead(self, body: CrmCreateLeadInput, *, idempotency_key: str | None = None) -> CrmLead:
        """Create lead. Makes a new lead."""
        answer: CrmLead = self.request("POST", "/crm/leads", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def crm_get_lead(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CrmLead:
        """One lead with its rows."""
        answer: CrmLead = self.request("GET", f"/crm/leads/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def crm_update_lead(self, id: str, body: CrmUpdateLeadInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CrmLead:
        """Update lead. Changes the given fields of a lead."""
        answer: CrmLead = self.request("PATCH", f"/crm/leads/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def crm_delete_lead(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete lead. Puts a lead away; it can be restored."""
        self.request("DELETE", f"/crm/leads/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def crm_history_lead(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a lead."""
        answer: EventPage = self.request("GET", f"/crm/leads/{quote(id)}/history", query={"after": after})
        return answer

    def crm_changes_lead(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a lead between two moments."""
        answer: Difference = self.request("GET", f"/crm/leads/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def crm_all_changes_lead(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of leads between two moments."""
        answer: Differences = self.request("GET", "/crm/leads/changes", query={"from": from_, "to": to})
        return answer

    def crm_explain_lead(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a lead."""
        answer: Explanation = self.request("GET", f"/crm/leads/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def crm_explain_all_lead(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with leads."""
        answer: Explanation = self.request("GET", "/crm/leads/explain", query={"verb": verb, "user": user})
        return answer

    def crm_aggregate_lead(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of leads."""
        answer: Figures = self.request("GET", "/crm/leads/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def crm_export_lead(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Leads as a file."""
        answer: bytes = self.request("GET", "/crm/leads/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def crm_import_lead(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import leads."""
        answer: ImportReport = self.request("POST", "/crm/leads/import", form=form)
        return answer

    def crm_inspect_lead(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of leads seems to be."""
        answer: Inspection = self.request("POST", "/crm/leads/import/inspect", form=form)
        return answer

    def crm_bulk_lead(self, body: BulkRequest) -> BulkReport:
        """One action on many leads as one run."""
        answer: BulkReport = self.request("POST", "/crm/leads/bulk", body=body)
        return answer

    def crm_convert_lead(self, id: str, body: CrmConvertLeadInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CrmDeal:
        """Convert. Makes a contact, found by e-mail before one is made, and a deal of a qualified lead. Only while
        `state == 'qualified'`."""
        answer: CrmDeal = self.request("POST", f"/crm/leads/{quote(id)}/convert", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def crm_restore_lead(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CrmLead:
        """Restore lead. Brings a deleted lead back."""
        answer: CrmLead = self.request("POST", f"/crm/leads/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def crm_copy_lead(self, id: str, body: CrmCopyLeadInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CrmLead:
        """Copy lead. Makes a new lead with the values of this one, but for those given."""
        answer: CrmLead = self.request("POST", f"/crm/leads/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def crm_list_activity(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[CrmActivity]:
        """List activities."""
        answer: Page[CrmActivity] = self.request("GET", "/crm/activities", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def crm_create_activity(self, body: CrmCreateActivityInput, *, idempotency_key: str | None = None) -> CrmActivity:
        """Create activity. Makes a new activity."""
        answer: CrmActivity = self.request("POST", "/crm/activities", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def crm_get_activity(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> CrmActivity:
        """One activity with its rows."""
        answer: CrmActivity = self.request("GET", f"/crm/activities/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def crm_update_activity(self, id: str, body: CrmUpdateActivityInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CrmActivity:
        """Update activity. Changes the given fields of a activity."""
        answer: CrmActivity = self.request("PATCH", f"/crm/activities/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def crm_delete_activity(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete activity. Puts a activity away; it can be restored."""
        self.request("DELETE", f"/crm/activities/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def crm_history_activity(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a activity."""
        answer: EventPage = self.request("GET", f"/crm/activities/{quote(id)}/history", query={"after": after})
        return answer

    def crm_changes_activity(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a activity between two moments."""
        answer: Difference = self.request("GET", f"/crm/activities/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def crm_all_changes_activity(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of activities between two moments."""
        answer: Differences = self.request("GET", "/crm/activities/changes", query={"from": from_, "to": to})
        return answer

    def crm_explain_activity(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a activity."""
        answer: Explanation = self.request("GET", f"/crm/activities/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def crm_explain_all_activity(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with activities."""
        answer: Explanation = self.request("GET", "/crm/activities/explain", query={"verb": verb, "user": user})
        return answer

    def crm_aggregate_activity(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of activities."""
        answer: Figures = self.request("GET", "/crm/activities/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def crm_export_activity(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Activities as a file."""
        answer: bytes = self.request("GET", "/crm/activities/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def crm_import_activity(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import activities."""
        answer: ImportReport = self.request("POST", "/crm/activities/import", form=form)
        return answer

    def crm_inspect_activity(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of activities seems to be."""
        answer: Inspection = self.request("POST", "/crm/activities/import/inspect", form=form)
        return answer

    def crm_bulk_activity(self, body: BulkRequest) -> BulkReport:
        """One action on many activities as one run."""
        answer: BulkReport = self.request("POST", "/crm/activities/bulk", body=body)
        return answer

    def crm_complete_activity(self, id: str, body: CrmCompleteActivityInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CrmActivity:
        """Complete. Ticks an activity off and plans the next one about the same deal, lead and contact. Only while
        `!done`."""
        answer: CrmActivity = self.request("POST", f"/crm/activities/{quote(id)}/complete", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def crm_restore_activity(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> CrmActivity:
        """Restore activity. Brings a deleted activity back."""
        answer: CrmActivity = self.request("POST", f"/crm/activities/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def crm_copy_activity(self, id: str, body: CrmCopyActivityInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> CrmActivity:
        """Copy activity. Makes a new activity with the values of this one, but for those given."""
        answer: CrmActivity = self.request("POST", f"/crm/activities/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_list_invoice(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[FinanceInvoice]:
        """List invoices."""
        answer: Page[FinanceInvoice] = self.request("GET", "/finance/invoices", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def finance_create_invoice(self, body: FinanceCreateInvoiceInput, *, idempotency_key: str | None = None) -> FinanceInvoice:
        """Create invoice. Makes a new invoice."""
        answer: FinanceInvoice = self.request("POST", "/finance/invoices", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def finance_get_invoice(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> FinanceInvoice:
        """One invoice with its rows."""
        answer: FinanceInvoice = self.request("GET", f"/finance/invoices/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def finance_update_invoice(self, id: str, body: FinanceUpdateInvoiceInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceInvoice:
        """Update invoice. Changes the given fields of a invoice."""
        answer: FinanceInvoice = self.request("PATCH", f"/finance/invoices/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_delete_invoice(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete invoice. Puts a invoice away; it can be restored."""
        self.request("DELETE", f"/finance/invoices/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def finance_history_invoice(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a invoice."""
        answer: EventPage = self.request("GET", f"/finance/invoices/{quote(id)}/history", query={"after": after})
        return answer

    def finance_changes_invoice(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a invoice between two moments."""
        answer: Difference = self.request("GET", f"/finance/invoices/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def finance_all_changes_invoice(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of invoices between two moments."""
        answer: Differences = self.request("GET", "/finance/invoices/changes", query={"from": from_, "to": to})
        return answer

    def finance_explain_invoice(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a invoice."""
        answer: Explanation = self.request("GET", f"/finance/invoices/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def finance_explain_all_invoice(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with invoices."""
        answer: Explanation = self.request("GET", "/finance/invoices/explain", query={"verb": verb, "user": user})
        return answer

    def finance_aggregate_invoice(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of invoices."""
        answer: Figures = self.request("GET", "/finance/invoices/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def finance_export_invoice(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Invoices as a file."""
        answer: bytes = self.request("GET", "/finance/invoices/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def finance_import_invoice(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import invoices."""
        answer: ImportReport = self.request("POST", "/finance/invoices/import", form=form)
        return answer

    def finance_inspect_invoice(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of invoices seems to be."""
        answer: Inspection = self.request("POST", "/finance/invoices/import/inspect", form=form)
        return answer

    def finance_bulk_invoice(self, body: BulkRequest) -> BulkReport:
        """One action on many invoices as one run."""
        answer: BulkReport = self.request("POST", "/finance/invoices/bulk", body=body)
        return answer

    def finance_print_invoice_invoice(self, id: str) -> bytes:
        """Invoice as PDF."""
        answer: bytes = self.request("GET", f"/finance/invoices/{quote(id)}/print/invoice", plain=True)
        return answer

    def finance_post_invoice(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceInvoice:
        """Post invoice. Enters the invoice in the books, gives it its number and opens it for payment. Only while
        `state == 'draft'`."""
        answer: FinanceInvoice = self.request("POST", f"/finance/invoices/{quote(id)}/post", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_pay_invoice(self, id: str, body: FinancePayInvoiceInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceInvoice:
        """Register payment. Posts a payment received on the invoice: all of it, a part, or with the rest written off.
        Only while `state == 'posted'`."""
        answer: FinanceInvoice = self.request("POST", f"/finance/invoices/{quote(id)}/pay", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_reverse_invoice(self, id: str, body: FinanceReverseInvoiceInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceCreditNote:
        """Credit invoice. Posts a credit note over the whole invoice. What was paid of it stays open there in the
        customer's favour. Only while `state in ['posted', 'paid']`."""
        answer: FinanceCreditNote = self.request("POST", f"/finance/invoices/{quote(id)}/reverse", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_reinstate_invoice(self, id: str, body: FinanceReinstateInvoiceInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceInvoice:
        """Take credit back. Reverses the credit note over the invoice, which is open again as far as it was not paid.
        Only while `state == 'reversed'`."""
        answer: FinanceInvoice = self.request("POST", f"/finance/invoices/{quote(id)}/reinstate", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_send_invoice(self, id: str, body: FinanceSendInvoiceInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceInvoice:
        """Send by mail. Mails the invoice to the customer as PDF. What becomes of the mail stands beside the invoice.
        Only while `state in ['posted', 'paid']`."""
        answer: FinanceInvoice = self.request("POST", f"/finance/invoices/{quote(id)}/send", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_restore_invoice(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceInvoice:
        """Restore invoice. Brings a deleted invoice back."""
        answer: FinanceInvoice = self.request("POST", f"/finance/invoices/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_copy_invoice(self, id: str, body: FinanceCopyInvoiceInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceInvoice:
        """Copy invoice. Makes a new invoice with the values of this one, but for those given."""
        answer: FinanceInvoice = self.request("POST", f"/finance/invoices/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_list_credit_note(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[FinanceCreditNote]:
        """List credit notes."""
        answer: Page[FinanceCreditNote] = self.request("GET", "/finance/credit-notes", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def finance_create_credit_note(self, body: FinanceCreateCreditNoteInput, *, idempotency_key: str | None = None) -> FinanceCreditNote:
        """Create credit note. Makes a new credit note."""
        answer: FinanceCreditNote = self.request("POST", "/finance/credit-notes", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def finance_get_credit_note(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> FinanceCreditNote:
        """One credit note with its rows."""
        answer: FinanceCreditNote = self.request("GET", f"/finance/credit-notes/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def finance_update_credit_note(self, id: str, body: FinanceUpdateCreditNoteInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceCreditNote:
        """Update credit note. Changes the given fields of a credit note."""
        answer: FinanceCreditNote = self.request("PATCH", f"/finance/credit-notes/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_delete_credit_note(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete credit note. Puts a credit note away; it can be restored."""
        self.request("DELETE", f"/finance/credit-notes/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def finance_history_credit_note(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a credit note."""
        answer: EventPage = self.request("GET", f"/finance/credit-notes/{quote(id)}/history", query={"after": after})
        return answer

    def finance_changes_credit_note(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a credit note between two moments."""
        answer: Difference = self.request("GET", f"/finance/credit-notes/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def finance_all_changes_credit_note(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of credit notes between two moments."""
        answer: Differences = self.request("GET", "/finance/credit-notes/changes", query={"from": from_, "to": to})
        return answer

    def finance_explain_credit_note(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a credit note."""
        answer: Explanation = self.request("GET", f"/finance/credit-notes/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def finance_explain_all_credit_note(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with credit notes."""
        answer: Explanation = self.request("GET", "/finance/credit-notes/explain", query={"verb": verb, "user": user})
        return answer

    def finance_aggregate_credit_note(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of credit notes."""
        answer: Figures = self.request("GET", "/finance/credit-notes/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def finance_export_credit_note(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Credit notes as a file."""
        answer: bytes = self.request("GET", "/finance/credit-notes/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def finance_import_credit_note(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import credit notes."""
        answer: ImportReport = self.request("POST", "/finance/credit-notes/import", form=form)
        return answer

    def finance_inspect_credit_note(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of credit notes seems to be."""
        answer: Inspection = self.request("POST", "/finance/credit-notes/import/inspect", form=form)
        return answer

    def finance_bulk_credit_note(self, body: BulkRequest) -> BulkReport:
        """One action on many credit notes as one run."""
        answer: BulkReport = self.request("POST", "/finance/credit-notes/bulk", body=body)
        return answer

    def finance_print_credit_note_credit_note(self, id: str) -> bytes:
        """Credit note as PDF."""
        answer: bytes = self.request("GET", f"/finance/credit-notes/{quote(id)}/print/credit_note", plain=True)
        return answer

    def finance_post_credit_note(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceCreditNote:
        """Post credit note. Enters the credit note in the books and sets it against the invoice it credits, as far as
        that is open. Only while `state == 'draft'`."""
        answer: FinanceCreditNote = self.request("POST", f"/finance/credit-notes/{quote(id)}/post", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_allocate_credit_note(self, id: str, body: FinanceAllocateCreditNoteInput, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceCreditNote:
        """Set against an invoice. Sets what is open of the credit note against an invoice of the same customer. Only
        while `state == 'posted'`."""
        answer: FinanceCreditNote = self.request("POST", f"/finance/credit-notes/{quote(id)}/allocate", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_refund_credit_note(self, id: str, body: FinanceRefundCreditNoteInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceCreditNote:
        """Register refund. Posts a payment made to the customer over what is open of the credit note. Only while
        `state == 'posted'`."""
        answer: FinanceCreditNote = self.request("POST", f"/finance/credit-notes/{quote(id)}/pay", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_reverse_credit_note(self, id: str, body: FinanceReverseCreditNoteInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceCreditNote:
        """Reverse credit note. Posts the mirror of the credit note's entry; the invoices it settled are open again.
        Only while `state in ['posted', 'paid']`."""
        answer: FinanceCreditNote = self.request("POST", f"/finance/credit-notes/{quote(id)}/reverse", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_send_credit_note(self, id: str, body: FinanceSendCreditNoteInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceCreditNote:
        """Send by mail. Mails the credit note to the customer as PDF. What becomes of the mail stands beside the
        note. Only while `state in ['posted', 'paid']`."""
        answer: FinanceCreditNote = self.request("POST", f"/finance/credit-notes/{quote(id)}/send", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_restore_credit_note(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceCreditNote:
        """Restore credit note. Brings a deleted credit note back."""
        answer: FinanceCreditNote = self.request("POST", f"/finance/credit-notes/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_copy_credit_note(self, id: str, body: FinanceCopyCreditNoteInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceCreditNote:
        """Copy credit note. Makes a new credit note with the values of this one, but for those given."""
        answer: FinanceCreditNote = self.request("POST", f"/finance/credit-notes/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_list_bill(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[FinanceBill]:
        """List bills."""
        answer: Page[FinanceBill] = self.request("GET", "/finance/bills", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def finance_create_bill(self, body: FinanceCreateBillInput, *, idempotency_key: str | None = None) -> FinanceBill:
        """Create bill. Makes a new bill."""
        answer: FinanceBill = self.request("POST", "/finance/bills", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def finance_get_bill(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> FinanceBill:
        """One bill with its rows."""
        answer: FinanceBill = self.request("GET", f"/finance/bills/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def finance_update_bill(self, id: str, body: FinanceUpdateBillInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceBill:
        """Update bill. Changes the given fields of a bill."""
        answer: FinanceBill = self.request("PATCH", f"/finance/bills/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_delete_bill(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete bill. Puts a bill away; it can be restored."""
        self.request("DELETE", f"/finance/bills/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def finance_history_bill(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a bill."""
        answer: EventPage = self.request("GET", f"/finance/bills/{quote(id)}/history", query={"after": after})
        return answer

    def finance_changes_bill(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a bill between two moments."""
        answer: Difference = self.request("GET", f"/finance/bills/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def finance_all_changes_bill(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of bills between two moments."""
        answer: Differences = self.request("GET", "/finance/bills/changes", query={"from": from_, "to": to})
        return answer

    def finance_explain_bill(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a bill."""
        answer: Explanation = self.request("GET", f"/finance/bills/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def finance_explain_all_bill(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with bills."""
        answer: Explanation = self.request("GET", "/finance/bills/explain", query={"verb": verb, "user": user})
        return answer

    def finance_aggregate_bill(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of bills."""
        answer: Figures = self.request("GET", "/finance/bills/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def finance_export_bill(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Bills as a file."""
        answer: bytes = self.request("GET", "/finance/bills/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def finance_import_bill(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import bills."""
        answer: ImportReport = self.request("POST", "/finance/bills/import", form=form)
        return answer

    def finance_inspect_bill(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of bills seems to be."""
        answer: Inspection = self.request("POST", "/finance/bills/import/inspect", form=form)
        return answer

    def finance_bulk_bill(self, body: BulkRequest) -> BulkReport:
        """One action on many bills as one run."""
        answer: BulkReport = self.request("POST", "/finance/bills/bulk", body=body)
        return answer

    def finance_post_bill(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceBill:
        """Post bill. Enters the bill in the books, gives it its number and opens it for payment. Only while `state ==
        'draft'`."""
        answer: FinanceBill = self.request("POST", f"/finance/bills/{quote(id)}/post", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_pay_bill(self, id: str, body: FinancePayBillInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceBill:
        """Register payment. Posts a payment made on the bill: all of it, a part, or with the rest written off. Only
        while `state == 'posted'`."""
        answer: FinanceBill = self.request("POST", f"/finance/bills/{quote(id)}/pay", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_reverse_bill(self, id: str, body: FinanceReverseBillInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceBill:
        """Reverse bill. Posts the mirror of the bill's entry. Payments on it are reversed first. Only while `state in
        ['posted', 'paid']`."""
        answer: FinanceBill = self.request("POST", f"/finance/bills/{quote(id)}/reverse", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_restore_bill(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceBill:
        """Restore bill. Brings a deleted bill back."""
        answer: FinanceBill = self.request("POST", f"/finance/bills/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_copy_bill(self, id: str, body: FinanceCopyBillInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceBill:
        """Copy bill. Makes a new bill with the values of this one, but for those given."""
        answer: FinanceBill = self.request("POST", f"/finance/bills/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_list_payment(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[FinancePayment]:
        """List payments."""
        answer: Page[FinancePayment] = self.request("GET", "/finance/payments", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def finance_create_payment(self, body: FinanceCreatePaymentInput, *, idempotency_key: str | None = None) -> FinancePayment:
        """Create payment. Makes a new payment."""
        answer: FinancePayment = self.request("POST", "/finance/payments", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def finance_get_payment(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> FinancePayment:
        """One payment with its rows."""
        answer: FinancePayment = self.request("GET", f"/finance/payments/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def finance_update_payment(self, id: str, body: FinanceUpdatePaymentInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinancePayment:
        """Update payment. Changes the given fields of a payment."""
        answer: FinancePayment = self.request("PATCH", f"/finance/payments/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_delete_payment(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete payment. Puts a payment away; it can be restored."""
        self.request("DELETE", f"/finance/payments/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def finance_history_payment(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a payment."""
        answer: EventPage = self.request("GET", f"/finance/payments/{quote(id)}/history", query={"after": after})
        return answer

    def finance_changes_payment(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a payment between two moments."""
        answer: Difference = self.request("GET", f"/finance/payments/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def finance_all_changes_payment(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of payments between two moments."""
        answer: Differences = self.request("GET", "/finance/payments/changes", query={"from": from_, "to": to})
        return answer

    def finance_explain_payment(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a payment."""
        answer: Explanation = self.request("GET", f"/finance/payments/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def finance_explain_all_payment(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with payments."""
        answer: Explanation = self.request("GET", "/finance/payments/explain", query={"verb": verb, "user": user})
        return answer

    def finance_aggregate_payment(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of payments."""
        answer: Figures = self.request("GET", "/finance/payments/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def finance_export_payment(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Payments as a file."""
        answer: bytes = self.request("GET", "/finance/payments/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def finance_import_payment(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import payments."""
        answer: ImportReport = self.request("POST", "/finance/payments/import", form=form)
        return answer

    def finance_inspect_payment(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of payments seems to be."""
        answer: Inspection = self.request("POST", "/finance/payments/import/inspect", form=form)
        return answer

    def finance_bulk_payment(self, body: BulkRequest) -> BulkReport:
        """One action on many payments as one run."""
        answer: BulkReport = self.request("POST", "/finance/payments/bulk", body=body)
        return answer

    def finance_post_payment(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinancePayment:
        """Post payment. Enters the payment in the books and settles the documents it names; what is left stays open
        as credit. Only while `state == 'draft'`."""
        answer: FinancePayment = self.request("POST", f"/finance/payments/{quote(id)}/post", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_allocate_payment(self, id: str, body: FinanceAllocatePaymentInput, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinancePayment:
        """Settle documents. Settles documents with what is open of a posted payment. Only while `state == 'posted'`."""
        answer: FinancePayment = self.request("POST", f"/finance/payments/{quote(id)}/allocate", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_reverse_payment(self, id: str, body: FinanceReversePaymentInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinancePayment:
        """Reverse payment. Posts the mirror of the payment's entry; the documents it settled are open again. Only
        while `state == 'posted'`."""
        answer: FinancePayment = self.request("POST", f"/finance/payments/{quote(id)}/reverse", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_restore_payment(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinancePayment:
        """Restore payment. Brings a deleted payment back."""
        answer: FinancePayment = self.request("POST", f"/finance/payments/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_copy_payment(self, id: str, body: FinanceCopyPaymentInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinancePayment:
        """Copy payment. Makes a new payment with the values of this one, but for those given."""
        answer: FinancePayment = self.request("POST", f"/finance/payments/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_list_journal_entry(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[FinanceJournalEntry]:
        """List journal entries."""
        answer: Page[FinanceJournalEntry] = self.request("GET", "/finance/journal-entries", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def finance_create_journal_entry(self, body: FinanceCreateJournalEntryInput | None = None, *, idempotency_key: str | None = None) -> FinanceJournalEntry:
        """Create journal entry. Makes a new journal entry."""
        answer: FinanceJournalEntry = self.request("POST", "/finance/journal-entries", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def finance_get_journal_entry(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> FinanceJournalEntry:
        """One journal entry with its rows."""
        answer: FinanceJournalEntry = self.request("GET", f"/finance/journal-entries/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def finance_update_journal_entry(self, id: str, body: FinanceUpdateJournalEntryInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceJournalEntry:
        """Update journal entry. Changes the given fields of a journal entry."""
        answer: FinanceJournalEntry = self.request("PATCH", f"/finance/journal-entries/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_delete_journal_entry(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete journal entry. Puts a journal entry away; it can be restored."""
        self.request("DELETE", f"/finance/journal-entries/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def finance_history_journal_entry(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a journal entry."""
        answer: EventPage = self.request("GET", f"/finance/journal-entries/{quote(id)}/history", query={"after": after})
        return answer

    def finance_changes_journal_entry(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a journal entry between two moments."""
        answer: Difference = self.request("GET", f"/finance/journal-entries/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def finance_all_changes_journal_entry(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of journal entries between two moments."""
        answer: Differences = self.request("GET", "/finance/journal-entries/changes", query={"from": from_, "to": to})
        return answer

    def finance_explain_journal_entry(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a journal entry."""
        answer: Explanation = self.request("GET", f"/finance/journal-entries/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def finance_explain_all_journal_entry(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with journal entries."""
        answer: Explanation = self.request("GET", "/finance/journal-entries/explain", query={"verb": verb, "user": user})
        return answer

    def finance_aggregate_journal_entry(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of journal entries."""
        answer: Figures = self.request("GET", "/finance/journal-entries/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def finance_export_journal_entry(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Journal entries as a file."""
        answer: bytes = self.request("GET", "/finance/journal-entries/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def finance_import_journal_entry(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import journal entries."""
        answer: ImportReport = self.request("POST", "/finance/journal-entries/import", form=form)
        return answer

    def finance_inspect_journal_entry(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of journal entries seems to be."""
        answer: Inspection = self.request("POST", "/finance/journal-entries/import/inspect", form=form)
        return answer

    def finance_bulk_journal_entry(self, body: BulkRequest) -> BulkReport:
        """One action on many journal entries as one run."""
        answer: BulkReport = self.request("POST", "/finance/journal-entries/bulk", body=body)
        return answer

    def finance_post_journal_entry(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceJournalEntry:
        """Post entry. Checks that the entry balances, numbers it and fixes it for good. Only while `state ==
        'draft'`."""
        answer: FinanceJournalEntry = self.request("POST", f"/finance/journal-entries/{quote(id)}/post", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_reverse_journal_entry(self, id: str, body: FinanceReverseJournalEntryInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceJournalEntry:
        """Reverse entry. Posts the mirror of the entry, so that every account it touched stands as before. Only while
        `state == 'posted' && reversed_by == null`."""
        answer: FinanceJournalEntry = self.request("POST", f"/finance/journal-entries/{quote(id)}/reverse", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_restore_journal_entry(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceJournalEntry:
        """Restore journal entry. Brings a deleted journal entry back."""
        answer: FinanceJournalEntry = self.request("POST", f"/finance/journal-entries/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_copy_journal_entry(self, id: str, body: FinanceCopyJournalEntryInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceJournalEntry:
        """Copy journal entry. Makes a new journal entry with the values of this one, but for those given."""
        answer: FinanceJournalEntry = self.request("POST", f"/finance/journal-entries/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_list_account(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[FinanceAccount]:
        """List accounts."""
        answer: Page[FinanceAccount] = self.request("GET", "/finance/accounts", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def finance_create_account(self, body: FinanceCreateAccountInput, *, idempotency_key: str | None = None) -> FinanceAccount:
        """Create account. Makes a new account."""
        answer: FinanceAccount = self.request("POST", "/finance/accounts", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def finance_get_account(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> FinanceAccount:
        """One account with its rows."""
        answer: FinanceAccount = self.request("GET", f"/finance/accounts/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def finance_update_account(self, id: str, body: FinanceUpdateAccountInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceAccount:
        """Update account. Changes the given fields of a account."""
        answer: FinanceAccount = self.request("PATCH", f"/finance/accounts/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_delete_account(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete account. Puts a account away; it can be restored."""
        self.request("DELETE", f"/finance/accounts/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def finance_history_account(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a account."""
        answer: EventPage = self.request("GET", f"/finance/accounts/{quote(id)}/history", query={"after": after})
        return answer

    def finance_changes_account(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a account between two moments."""
        answer: Difference = self.request("GET", f"/finance/accounts/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def finance_all_changes_account(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of accounts between two moments."""
        answer: Differences = self.request("GET", "/finance/accounts/changes", query={"from": from_, "to": to})
        return answer

    def finance_explain_account(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a account."""
        answer: Explanation = self.request("GET", f"/finance/accounts/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def finance_explain_all_account(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with accounts."""
        answer: Explanation = self.request("GET", "/finance/accounts/explain", query={"verb": verb, "user": user})
        return answer

    def finance_aggregate_account(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of accounts."""
        answer: Figures = self.request("GET", "/finance/accounts/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def finance_export_account(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Accounts as a file."""
        answer: bytes = self.request("GET", "/finance/accounts/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def finance_import_account(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import accounts."""
        answer: ImportReport = self.request("POST", "/finance/accounts/import", form=form)
        return answer

    def finance_inspect_account(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of accounts seems to be."""
        answer: Inspection = self.request("POST", "/finance/accounts/import/inspect", form=form)
        return answer

    def finance_bulk_account(self, body: BulkRequest) -> BulkReport:
        """One action on many accounts as one run."""
        answer: BulkReport = self.request("POST", "/finance/accounts/bulk", body=body)
        return answer

    def finance_restore_account(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceAccount:
        """Restore account. Brings a deleted account back."""
        answer: FinanceAccount = self.request("POST", f"/finance/accounts/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_copy_account(self, id: str, body: FinanceCopyAccountInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceAccount:
        """Copy account. Makes a new account with the values of this one, but for those given."""
        answer: FinanceAccount = self.request("POST", f"/finance/accounts/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_list_tax(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[FinanceTax]:
        """List taxes."""
        answer: Page[FinanceTax] = self.request("GET", "/finance/taxes", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def finance_create_tax(self, body: FinanceCreateTaxInput, *, idempotency_key: str | None = None) -> FinanceTax:
        """Create tax. Makes a new tax."""
        answer: FinanceTax = self.request("POST", "/finance/taxes", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def finance_get_tax(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> FinanceTax:
        """One tax with its rows."""
        answer: FinanceTax = self.request("GET", f"/finance/taxes/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def finance_update_tax(self, id: str, body: FinanceUpdateTaxInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceTax:
        """Update tax. Changes the given fields of a tax."""
        answer: FinanceTax = self.request("PATCH", f"/finance/taxes/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_delete_tax(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete tax. Puts a tax away; it can be restored."""
        self.request("DELETE", f"/finance/taxes/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def finance_history_tax(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a tax."""
        answer: EventPage = self.request("GET", f"/finance/taxes/{quote(id)}/history", query={"after": after})
        return answer

    def finance_changes_tax(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a tax between two moments."""
        answer: Difference = self.request("GET", f"/finance/taxes/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def finance_all_changes_tax(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of taxes between two moments."""
        answer: Differences = self.request("GET", "/finance/taxes/changes", query={"from": from_, "to": to})
        return answer

    def finance_explain_tax(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a tax."""
        answer: Explanation = self.request("GET", f"/finance/taxes/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def finance_explain_all_tax(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with taxes."""
        answer: Explanation = self.request("GET", "/finance/taxes/explain", query={"verb": verb, "user": user})
        return answer

    def finance_aggregate_tax(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of taxes."""
        answer: Figures = self.request("GET", "/finance/taxes/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def finance_export_tax(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Taxes as a file."""
        answer: bytes = self.request("GET", "/finance/taxes/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def finance_import_tax(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import taxes."""
        answer: ImportReport = self.request("POST", "/finance/taxes/import", form=form)
        return answer

    def finance_inspect_tax(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of taxes seems to be."""
        answer: Inspection = self.request("POST", "/finance/taxes/import/inspect", form=form)
        return answer

    def finance_bulk_tax(self, body: BulkRequest) -> BulkReport:
        """One action on many taxes as one run."""
        answer: BulkReport = self.request("POST", "/finance/taxes/bulk", body=body)
        return answer

    def finance_restore_tax(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceTax:
        """Restore tax. Brings a deleted tax back."""
        answer: FinanceTax = self.request("POST", f"/finance/taxes/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_copy_tax(self, id: str, body: FinanceCopyTaxInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceTax:
        """Copy tax. Makes a new tax with the values of this one, but for those given."""
        answer: FinanceTax = self.request("POST", f"/finance/taxes/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_list_exchange_rate(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[FinanceExchangeRate]:
        """List exchange rates."""
        answer: Page[FinanceExchangeRate] = self.request("GET", "/finance/exchange-rates", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def finance_create_exchange_rate(self, body: FinanceCreateExchangeRateInput, *, idempotency_key: str | None = None) -> FinanceExchangeRate:
        """Create exchange rate. Makes a new exchange rate."""
        answer: FinanceExchangeRate = self.request("POST", "/finance/exchange-rates", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def finance_get_exchange_rate(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> FinanceExchangeRate:
        """One exchange rate with its rows."""
        answer: FinanceExchangeRate = self.request("GET", f"/finance/exchange-rates/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def finance_update_exchange_rate(self, id: str, body: FinanceUpdateExchangeRateInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceExchangeRate:
        """Update exchange rate. Changes the given fields of a exchange rate."""
        answer: FinanceExchangeRate = self.request("PATCH", f"/finance/exchange-rates/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_delete_exchange_rate(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete exchange rate. Puts a exchange rate away; it can be restored."""
        self.request("DELETE", f"/finance/exchange-rates/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def finance_history_exchange_rate(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a exchange rate."""
        answer: EventPage = self.request("GET", f"/finance/exchange-rates/{quote(id)}/history", query={"after": after})
        return answer

    def finance_changes_exchange_rate(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a exchange rate between two moments."""
        answer: Difference = self.request("GET", f"/finance/exchange-rates/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def finance_all_changes_exchange_rate(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of exchange rates between two moments."""
        answer: Differences = self.request("GET", "/finance/exchange-rates/changes", query={"from": from_, "to": to})
        return answer

    def finance_explain_exchange_rate(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a exchange rate."""
        answer: Explanation = self.request("GET", f"/finance/exchange-rates/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def finance_explain_all_exchange_rate(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with exchange rates."""
        answer: Explanation = self.request("GET", "/finance/exchange-rates/explain", query={"verb": verb, "user": user})
        return answer

    def finance_aggregate_exchange_rate(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of exchange rates."""
        answer: Figures = self.request("GET", "/finance/exchange-rates/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def finance_export_exchange_rate(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Exchange rates as a file."""
        answer: bytes = self.request("GET", "/finance/exchange-rates/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def finance_import_exchange_rate(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import exchange rates."""
        answer: ImportReport = self.request("POST", "/finance/exchange-rates/import", form=form)
        return answer

    def finance_inspect_exchange_rate(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of exchange rates seems to be."""
        answer: Inspection = self.request("POST", "/finance/exchange-rates/import/inspect", form=form)
        return answer

    def finance_bulk_exchange_rate(self, body: BulkRequest) -> BulkReport:
        """One action on many exchange rates as one run."""
        answer: BulkReport = self.request("POST", "/finance/exchange-rates/bulk", body=body)
        return answer

    def finance_restore_exchange_rate(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceExchangeRate:
        """Restore exchange rate. Brings a deleted exchange rate back."""
        answer: FinanceExchangeRate = self.request("POST", f"/finance/exchange-rates/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_copy_exchange_rate(self, id: str, body: FinanceCopyExchangeRateInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceExchangeRate:
        """Copy exchange rate. Makes a new exchange rate with the values of this one, but for those given."""
        answer: FinanceExchangeRate = self.request("POST", f"/finance/exchange-rates/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_list_fiscal_year(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[FinanceFiscalYear]:
        """List fiscal years."""
        answer: Page[FinanceFiscalYear] = self.request("GET", "/finance/fiscal-years", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def finance_create_fiscal_year(self, body: FinanceCreateFiscalYearInput, *, idempotency_key: str | None = None) -> FinanceFiscalYear:
        """Create fiscal year. Makes a new fiscal year."""
        answer: FinanceFiscalYear = self.request("POST", "/finance/fiscal-years", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def finance_get_fiscal_year(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> FinanceFiscalYear:
        """One fiscal year with its rows."""
        answer: FinanceFiscalYear = self.request("GET", f"/finance/fiscal-years/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def finance_update_fiscal_year(self, id: str, body: FinanceUpdateFiscalYearInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceFiscalYear:
        """Update fiscal year. Changes the given fields of a fiscal year."""
        answer: FinanceFiscalYear = self.request("PATCH", f"/finance/fiscal-years/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_delete_fiscal_year(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete fiscal year. Puts a fiscal year away; it can be restored."""
        self.request("DELETE", f"/finance/fiscal-years/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def finance_history_fiscal_year(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a fiscal year."""
        answer: EventPage = self.request("GET", f"/finance/fiscal-years/{quote(id)}/history", query={"after": after})
        return answer

    def finance_changes_fiscal_year(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a fiscal year between two moments."""
        answer: Difference = self.request("GET", f"/finance/fiscal-years/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def finance_all_changes_fiscal_year(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of fiscal years between two moments."""
        answer: Differences = self.request("GET", "/finance/fiscal-years/changes", query={"from": from_, "to": to})
        return answer

    def finance_explain_fiscal_year(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a fiscal year."""
        answer: Explanation = self.request("GET", f"/finance/fiscal-years/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def finance_explain_all_fiscal_year(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with fiscal years."""
        answer: Explanation = self.request("GET", "/finance/fiscal-years/explain", query={"verb": verb, "user": user})
        return answer

    def finance_aggregate_fiscal_year(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of fiscal years."""
        answer: Figures = self.request("GET", "/finance/fiscal-years/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def finance_export_fiscal_year(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Fiscal years as a file."""
        answer: bytes = self.request("GET", "/finance/fiscal-years/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def finance_import_fiscal_year(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import fiscal years."""
        answer: ImportReport = self.request("POST", "/finance/fiscal-years/import", form=form)
        return answer

    def finance_inspect_fiscal_year(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of fiscal years seems to be."""
        answer: Inspection = self.request("POST", "/finance/fiscal-years/import/inspect", form=form)
        return answer

    def finance_bulk_fiscal_year(self, body: BulkRequest) -> BulkReport:
        """One action on many fiscal years as one run."""
        answer: BulkReport = self.request("POST", "/finance/fiscal-years/bulk", body=body)
        return answer

    def finance_lock_fiscal_year(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceFiscalYear:
        """Lock year. Locks the books up to the end of the year. Earlier years are locked before later ones. Only
        while `state == 'open'`."""
        answer: FinanceFiscalYear = self.request("POST", f"/finance/fiscal-years/{quote(id)}/lock", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_unlock_fiscal_year(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceFiscalYear:
        """Unlock year. Opens the year again; the books stay locked up to the day before it. Later years are opened
        first. Only while `state == 'locked'`."""
        answer: FinanceFiscalYear = self.request("POST", f"/finance/fiscal-years/{quote(id)}/unlock", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_restore_fiscal_year(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceFiscalYear:
        """Restore fiscal year. Brings a deleted fiscal year back."""
        answer: FinanceFiscalYear = self.request("POST", f"/finance/fiscal-years/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_copy_fiscal_year(self, id: str, body: FinanceCopyFiscalYearInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceFiscalYear:
        """Copy fiscal year. Makes a new fiscal year with the values of this one, but for those given."""
        answer: FinanceFiscalYear = self.request("POST", f"/finance/fiscal-years/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_list_journal(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[FinanceJournal]:
        """List journals."""
        answer: Page[FinanceJournal] = self.request("GET", "/finance/journals", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def finance_create_journal(self, body: FinanceCreateJournalInput, *, idempotency_key: str | None = None) -> FinanceJournal:
        """Create journal. Makes a new journal."""
        answer: FinanceJournal = self.request("POST", "/finance/journals", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def finance_get_journal(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> FinanceJournal:
        """One journal with its rows."""
        answer: FinanceJournal = self.request("GET", f"/finance/journals/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def finance_update_journal(self, id: str, body: FinanceUpdateJournalInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceJournal:
        """Update journal. Changes the given fields of a journal."""
        answer: FinanceJournal = self.request("PATCH", f"/finance/journals/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_delete_journal(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete journal. Puts a journal away; it can be restored."""
        self.request("DELETE", f"/finance/journals/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def finance_history_journal(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a journal."""
        answer: EventPage = self.request("GET", f"/finance/journals/{quote(id)}/history", query={"after": after})
        return answer

    def finance_changes_journal(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a journal between two moments."""
        answer: Difference = self.request("GET", f"/finance/journals/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def finance_all_changes_journal(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of journals between two moments."""
        answer: Differences = self.request("GET", "/finance/journals/changes", query={"from": from_, "to": to})
        return answer

    def finance_explain_journal(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a journal."""
        answer: Explanation = self.request("GET", f"/finance/journals/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def finance_explain_all_journal(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with journals."""
        answer: Explanation = self.request("GET", "/finance/journals/explain", query={"verb": verb, "user": user})
        return answer

    def finance_aggregate_journal(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of journals."""
        answer: Figures = self.request("GET", "/finance/journals/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def finance_export_journal(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Journals as a file."""
        answer: bytes = self.request("GET", "/finance/journals/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def finance_import_journal(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import journals."""
        answer: ImportReport = self.request("POST", "/finance/journals/import", form=form)
        return answer

    def finance_inspect_journal(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of journals seems to be."""
        answer: Inspection = self.request("POST", "/finance/journals/import/inspect", form=form)
        return answer

    def finance_bulk_journal(self, body: BulkRequest) -> BulkReport:
        """One action on many journals as one run."""
        answer: BulkReport = self.request("POST", "/finance/journals/bulk", body=body)
        return answer

    def finance_restore_journal(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceJournal:
        """Restore journal. Brings a deleted journal back."""
        answer: FinanceJournal = self.request("POST", f"/finance/journals/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_copy_journal(self, id: str, body: FinanceCopyJournalInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceJournal:
        """Copy journal. Makes a new journal with the values of this one, but for those given."""
        answer: FinanceJournal = self.request("POST", f"/finance/journals/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_list_payment_terms(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[FinancePaymentTerms]:
        """List payment terms."""
        answer: Page[FinancePaymentTerms] = self.request("GET", "/finance/payment-terms", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def finance_create_payment_terms(self, body: FinanceCreatePaymentTermsInput, *, idempotency_key: str | None = None) -> FinancePaymentTerms:
        """Create payment terms. Makes a new payment terms."""
        answer: FinancePaymentTerms = self.request("POST", "/finance/payment-terms", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def finance_get_payment_terms(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> FinancePaymentTerms:
        """One payment terms with its rows."""
        answer: FinancePaymentTerms = self.request("GET", f"/finance/payment-terms/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def finance_update_payment_terms(self, id: str, body: FinanceUpdatePaymentTermsInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinancePaymentTerms:
        """Update payment terms. Changes the given fields of a payment terms."""
        answer: FinancePaymentTerms = self.request("PATCH", f"/finance/payment-terms/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_delete_payment_terms(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete payment terms. Puts a payment terms away; it can be restored."""
        self.request("DELETE", f"/finance/payment-terms/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def finance_history_payment_terms(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a payment terms."""
        answer: EventPage = self.request("GET", f"/finance/payment-terms/{quote(id)}/history", query={"after": after})
        return answer

    def finance_changes_payment_terms(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a payment terms between two moments."""
        answer: Difference = self.request("GET", f"/finance/payment-terms/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def finance_all_changes_payment_terms(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of payment terms between two moments."""
        answer: Differences = self.request("GET", "/finance/payment-terms/changes", query={"from": from_, "to": to})
        return answer

    def finance_explain_payment_terms(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a payment terms."""
        answer: Explanation = self.request("GET", f"/finance/payment-terms/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def finance_explain_all_payment_terms(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with payment terms."""
        answer: Explanation = self.request("GET", "/finance/payment-terms/explain", query={"verb": verb, "user": user})
        return answer

    def finance_aggregate_payment_terms(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of payment terms."""
        answer: Figures = self.request("GET", "/finance/payment-terms/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def finance_export_payment_terms(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Payment terms as a file."""
        answer: bytes = self.request("GET", "/finance/payment-terms/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def finance_import_payment_terms(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import payment terms."""
        answer: ImportReport = self.request("POST", "/finance/payment-terms/import", form=form)
        return answer

    def finance_inspect_payment_terms(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of payment terms seems to be."""
        answer: Inspection = self.request("POST", "/finance/payment-terms/import/inspect", form=form)
        return answer

    def finance_bulk_payment_terms(self, body: BulkRequest) -> BulkReport:
        """One action on many payment terms as one run."""
        answer: BulkReport = self.request("POST", "/finance/payment-terms/bulk", body=body)
        return answer

    def finance_restore_payment_terms(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinancePaymentTerms:
        """Restore payment terms. Brings a deleted payment terms back."""
        answer: FinancePaymentTerms = self.request("POST", f"/finance/payment-terms/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_copy_payment_terms(self, id: str, body: FinanceCopyPaymentTermsInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinancePaymentTerms:
        """Copy payment terms. Makes a new payment terms with the values of this one, but for those given."""
        answer: FinancePaymentTerms = self.request("POST", f"/finance/payment-terms/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_list_settings(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[FinanceSettings]:
        """List settings."""
        answer: Page[FinanceSettings] = self.request("GET", "/finance/settings", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def finance_create_settings(self, body: FinanceCreateSettingsInput | None = None, *, idempotency_key: str | None = None) -> FinanceSettings:
        """Create settings. Makes a new settings."""
        answer: FinanceSettings = self.request("POST", "/finance/settings", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def finance_get_settings(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> FinanceSettings:
        """One settings with its rows."""
        answer: FinanceSettings = self.request("GET", f"/finance/settings/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def finance_update_settings(self, id: str, body: FinanceUpdateSettingsInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceSettings:
        """Update settings. Changes the given fields of a settings."""
        answer: FinanceSettings = self.request("PATCH", f"/finance/settings/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def finance_delete_settings(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete settings. Puts a settings away; it can be restored."""
        self.request("DELETE", f"/finance/settings/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def finance_history_settings(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a settings."""
        answer: EventPage = self.request("GET", f"/finance/settings/{quote(id)}/history", query={"after": after})
        return answer

    def finance_changes_settings(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a settings between two moments."""
        answer: Difference = self.request("GET", f"/finance/settings/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def finance_all_changes_settings(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of settings between two moments."""
        answer: Differences = self.request("GET", "/finance/settings/changes", query={"from": from_, "to": to})
        return answer

    def finance_explain_settings(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a settings."""
        answer: Explanation = self.request("GET", f"/finance/settings/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def finance_explain_all_settings(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with settings."""
        answer: Explanation = self.request("GET", "/finance/settings/explain", query={"verb": verb, "user": user})
        return answer

    def finance_aggregate_settings(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of settings."""
        answer: Figures = self.request("GET", "/finance/settings/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def finance_export_settings(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Settings as a file."""
        answer: bytes = self.request("GET", "/finance/settings/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def finance_import_settings(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import settings."""
        answer: ImportReport = self.request("POST", "/finance/settings/import", form=form)
        return answer

    def finance_inspect_settings(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of settings seems to be."""
        answer: Inspection = self.request("POST", "/finance/settings/import/inspect", form=form)
        return answer

    def finance_bulk_settings(self, body: BulkRequest) -> BulkReport:
        """One action on many settings as one run."""
        answer: BulkReport = self.request("POST", "/finance/settings/bulk", body=body)
        return answer

    def finance_restore_settings(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceSettings:
        """Restore settings. Brings a deleted settings back."""
        answer: FinanceSettings = self.request("POST", f"/finance/settings/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def finance_copy_settings(self, id: str, body: FinanceCopySettingsInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceSettings:
        """Copy settings. Makes a new settings with the values of this one, but for those given."""
        answer: FinanceSettings = self.request("POST", f"/finance/settings/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def hub_list_dashboard(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[HubDashboard]:
        """List dashboards."""
        answer: Page[HubDashboard] = self.request("GET", "/hub/dashboards", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def hub_create_dashboard(self, body: HubCreateDashboardInput, *, idempotency_key: str | None = None) -> HubDashboard:
        """Create dashboard. Makes a new dashboard."""
        answer: HubDashboard = self.request("POST", "/hub/dashboards", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def hub_get_dashboard(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> HubDashboard:
        """One dashboard with its rows."""
        answer: HubDashboard = self.request("GET", f"/hub/dashboards/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def hub_update_dashboard(self, id: str, body: HubUpdateDashboardInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> HubDashboard:
        """Update dashboard. Changes the given fields of a dashboard."""
        answer: HubDashboard = self.request("PATCH", f"/hub/dashboards/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def hub_delete_dashboard(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete dashboard. Puts a dashboard away; it can be restored."""
        self.request("DELETE", f"/hub/dashboards/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def hub_history_dashboard(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a dashboard."""
        answer: EventPage = self.request("GET", f"/hub/dashboards/{quote(id)}/history", query={"after": after})
        return answer

    def hub_changes_dashboard(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a dashboard between two moments."""
        answer: Difference = self.request("GET", f"/hub/dashboards/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def hub_all_changes_dashboard(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of dashboards between two moments."""
        answer: Differences = self.request("GET", "/hub/dashboards/changes", query={"from": from_, "to": to})
        return answer

    def hub_explain_dashboard(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a dashboard."""
        answer: Explanation = self.request("GET", f"/hub/dashboards/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def hub_explain_all_dashboard(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with dashboards."""
        answer: Explanation = self.request("GET", "/hub/dashboards/explain", query={"verb": verb, "user": user})
        return answer

    def hub_aggregate_dashboard(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of dashboards."""
        answer: Figures = self.request("GET", "/hub/dashboards/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def hub_export_dashboard(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Dashboards as a file."""
        answer: bytes = self.request("GET", "/hub/dashboards/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def hub_import_dashboard(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import dashboards."""
        answer: ImportReport = self.request("POST", "/hub/dashboards/import", form=form)
        return answer

    def hub_inspect_dashboard(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of dashboards seems to be."""
        answer: Inspection = self.request("POST", "/hub/dashboards/import/inspect", form=form)
        return answer

    def hub_bulk_dashboard(self, body: BulkRequest) -> BulkReport:
        """One action on many dashboards as one run."""
        answer: BulkReport = self.request("POST", "/hub/dashboards/bulk", body=body)
        return answer

    def hub_print_dashboard_dashboard(self, id: str) -> bytes:
        """Dashboard as PDF."""
        answer: bytes = self.request("GET", f"/hub/dashboards/{quote(id)}/print/dashboard", plain=True)
        return answer

    def hub_send_dashboard(self, id: str, body: HubSendDashboardInput, *, idempotency_key: str | None = None, if_match: str | None = None) -> Any:
        """Send by mail. Mails the dashboard as PDF and shares it with its readers. A schedule with this action sends
        it again and again."""
        answer: Any = self.request("POST", f"/hub/dashboards/{quote(id)}/send", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def hub_show_dashboard(self, id: str, *, if_match: str | None = None) -> Any:
        """Show. Answers `{name, tiles: [{title, kind, source, …, data} or {title, kind, source, …, refused}]}`: each
        tile under the rights of whoever looks. What they may not see is refused in its own tile, and the others are
        there."""
        answer: Any = self.request("POST", f"/hub/dashboards/{quote(id)}/show", header={"If-Match": if_match})
        return answer

    def hub_restore_dashboard(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> HubDashboard:
        """Restore dashboard. Brings a deleted dashboard back."""
        answer: HubDashboard = self.request("POST", f"/hub/dashboards/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def hub_copy_dashboard(self, id: str, body: HubCopyDashboardInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> HubDashboard:
        """Copy dashboard. Makes a new dashboard with the values of this one, but for those given."""
        answer: HubDashboard = self.request("POST", f"/hub/dashboards/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def notes_list_note(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[NotesNote]:
        """List notes."""
        answer: Page[NotesNote] = self.request("GET", "/notes/notes", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def notes_create_note(self, body: NotesCreateNoteInput, *, idempotency_key: str | None = None) -> NotesNote:
        """Create note. Makes a new note."""
        answer: NotesNote = self.request("POST", "/notes/notes", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def notes_get_note(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> NotesNote:
        """One note with its rows."""
        answer: NotesNote = self.request("GET", f"/notes/notes/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def notes_update_note(self, id: str, body: NotesUpdateNoteInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> NotesNote:
        """Update note. Changes the given fields of a note."""
        answer: NotesNote = self.request("PATCH", f"/notes/notes/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def notes_delete_note(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete note. Puts a note away; it can be restored."""
        self.request("DELETE", f"/notes/notes/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def notes_history_note(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a note."""
        answer: EventPage = self.request("GET", f"/notes/notes/{quote(id)}/history", query={"after": after})
        return answer

    def notes_changes_note(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a note between two moments."""
        answer: Difference = self.request("GET", f"/notes/notes/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def notes_all_changes_note(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of notes between two moments."""
        answer: Differences = self.request("GET", "/notes/notes/changes", query={"from": from_, "to": to})
        return answer

    def notes_explain_note(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a note."""
        answer: Explanation = self.request("GET", f"/notes/notes/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def notes_explain_all_note(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with notes."""
        answer: Explanation = self.request("GET", "/notes/notes/explain", query={"verb": verb, "user": user})
        return answer

    def notes_aggregate_note(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of notes."""
        answer: Figures = self.request("GET", "/notes/notes/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def notes_export_note(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Notes as a file."""
        answer: bytes = self.request("GET", "/notes/notes/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def notes_import_note(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import notes."""
        answer: ImportReport = self.request("POST", "/notes/notes/import", form=form)
        return answer

    def notes_inspect_note(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of notes seems to be."""
        answer: Inspection = self.request("POST", "/notes/notes/import/inspect", form=form)
        return answer

    def notes_bulk_note(self, body: BulkRequest) -> BulkReport:
        """One action on many notes as one run."""
        answer: BulkReport = self.request("POST", "/notes/notes/bulk", body=body)
        return answer

    def notes_restore_note(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> NotesNote:
        """Restore note. Brings a deleted note back."""
        answer: NotesNote = self.request("POST", f"/notes/notes/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def notes_copy_note(self, id: str, body: NotesCopyNoteInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> NotesNote:
        """Copy note. Makes a new note with the values of this one, but for those given."""
        answer: NotesNote = self.request("POST", f"/notes/notes/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def notes_list_notebook(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[NotesNotebook]:
        """List notebooks."""
        answer: Page[NotesNotebook] = self.request("GET", "/notes/notebooks", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def notes_create_notebook(self, body: NotesCreateNotebookInput, *, idempotency_key: str | None = None) -> NotesNotebook:
        """Create notebook. Makes a new notebook."""
        answer: NotesNotebook = self.request("POST", "/notes/notebooks", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def notes_get_notebook(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> NotesNotebook:
        """One notebook with its rows."""
        answer: NotesNotebook = self.request("GET", f"/notes/notebooks/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def notes_update_notebook(self, id: str, body: NotesUpdateNotebookInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> NotesNotebook:
        """Update notebook. Changes the given fields of a notebook."""
        answer: NotesNotebook = self.request("PATCH", f"/notes/notebooks/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def notes_delete_notebook(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete notebook. Puts a notebook away; it can be restored."""
        self.request("DELETE", f"/notes/notebooks/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def notes_history_notebook(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a notebook."""
        answer: EventPage = self.request("GET", f"/notes/notebooks/{quote(id)}/history", query={"after": after})
        return answer

    def notes_changes_notebook(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a notebook between two moments."""
        answer: Difference = self.request("GET", f"/notes/notebooks/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def notes_all_changes_notebook(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of notebooks between two moments."""
        answer: Differences = self.request("GET", "/notes/notebooks/changes", query={"from": from_, "to": to})
        return answer

    def notes_explain_notebook(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a notebook."""
        answer: Explanation = self.request("GET", f"/notes/notebooks/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def notes_explain_all_notebook(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with notebooks."""
        answer: Explanation = self.request("GET", "/notes/notebooks/explain", query={"verb": verb, "user": user})
        return answer

    def notes_aggregate_notebook(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of notebooks."""
        answer: Figures = self.request("GET", "/notes/notebooks/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def notes_export_notebook(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Notebooks as a file."""
        answer: bytes = self.request("GET", "/notes/notebooks/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def notes_import_notebook(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import notebooks."""
        answer: ImportReport = self.request("POST", "/notes/notebooks/import", form=form)
        return answer

    def notes_inspect_notebook(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of notebooks seems to be."""
        answer: Inspection = self.request("POST", "/notes/notebooks/import/inspect", form=form)
        return answer

    def notes_bulk_notebook(self, body: BulkRequest) -> BulkReport:
        """One action on many notebooks as one run."""
        answer: BulkReport = self.request("POST", "/notes/notebooks/bulk", body=body)
        return answer

    def notes_restore_notebook(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> NotesNotebook:
        """Restore notebook. Brings a deleted notebook back."""
        answer: NotesNotebook = self.request("POST", f"/notes/notebooks/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def notes_copy_notebook(self, id: str, body: NotesCopyNotebookInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> NotesNotebook:
        """Copy notebook. Makes a new notebook with the values of this one, but for those given."""
        answer: NotesNotebook = self.request("POST", f"/notes/notebooks/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def sales_list_quotation(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[SalesQuotation]:
        """List quotations."""
        answer: Page[SalesQuotation] = self.request("GET", "/sales/quotations", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def sales_create_quotation(self, body: SalesCreateQuotationInput, *, idempotency_key: str | None = None) -> SalesQuotation:
        """Create quotation. Makes a new quotation."""
        answer: SalesQuotation = self.request("POST", "/sales/quotations", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def sales_get_quotation(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> SalesQuotation:
        """One quotation with its rows."""
        answer: SalesQuotation = self.request("GET", f"/sales/quotations/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def sales_update_quotation(self, id: str, body: SalesUpdateQuotationInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesQuotation:
        """Update quotation. Changes the given fields of a quotation."""
        answer: SalesQuotation = self.request("PATCH", f"/sales/quotations/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def sales_delete_quotation(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete quotation. Puts a quotation away; it can be restored."""
        self.request("DELETE", f"/sales/quotations/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def sales_history_quotation(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a quotation."""
        answer: EventPage = self.request("GET", f"/sales/quotations/{quote(id)}/history", query={"after": after})
        return answer

    def sales_changes_quotation(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a quotation between two moments."""
        answer: Difference = self.request("GET", f"/sales/quotations/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def sales_all_changes_quotation(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of quotations between two moments."""
        answer: Differences = self.request("GET", "/sales/quotations/changes", query={"from": from_, "to": to})
        return answer

    def sales_explain_quotation(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a quotation."""
        answer: Explanation = self.request("GET", f"/sales/quotations/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def sales_explain_all_quotation(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with quotations."""
        answer: Explanation = self.request("GET", "/sales/quotations/explain", query={"verb": verb, "user": user})
        return answer

    def sales_aggregate_quotation(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of quotations."""
        answer: Figures = self.request("GET", "/sales/quotations/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def sales_export_quotation(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Quotations as a file."""
        answer: bytes = self.request("GET", "/sales/quotations/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def sales_import_quotation(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import quotations."""
        answer: ImportReport = self.request("POST", "/sales/quotations/import", form=form)
        return answer

    def sales_inspect_quotation(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of quotations seems to be."""
        answer: Inspection = self.request("POST", "/sales/quotations/import/inspect", form=form)
        return answer

    def sales_bulk_quotation(self, body: BulkRequest) -> BulkReport:
        """One action on many quotations as one run."""
        answer: BulkReport = self.request("POST", "/sales/quotations/bulk", body=body)
        return answer

    def sales_print_quotation_quotation(self, id: str) -> bytes:
        """Quotation as PDF."""
        answer: bytes = self.request("GET", f"/sales/quotations/{quote(id)}/print/quotation", plain=True)
        return answer

    def sales_accept_quotation(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesOrder:
        """Accept. Makes an order with the quotation's lines and prices. The quotation stays as it was offered. Only
        while `state in ['draft', 'sent']`."""
        answer: SalesOrder = self.request("POST", f"/sales/quotations/{quote(id)}/accept", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def sales_send_quotation(self, id: str, body: SalesSendQuotationInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesQuotation:
        """Send by mail. Mails the quotation to the customer as PDF; a draft is sent by that. Only while `state in
        ['draft', 'sent']`."""
        answer: SalesQuotation = self.request("POST", f"/sales/quotations/{quote(id)}/send", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def sales_restore_quotation(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesQuotation:
        """Restore quotation. Brings a deleted quotation back."""
        answer: SalesQuotation = self.request("POST", f"/sales/quotations/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def sales_copy_quotation(self, id: str, body: SalesCopyQuotationInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesQuotation:
        """Copy quotation. Makes a new quotation with the values of this one, but for those given."""
        answer: SalesQuotation = self.request("POST", f"/sales/quotations/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def sales_list_order(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[SalesOrder]:
        """List orders."""
        answer: Page[SalesOrder] = self.request("GET", "/sales/orders", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def sales_create_order(self, body: SalesCreateOrderInput, *, idempotency_key: str | None = None) -> SalesOrder:
        """Create order. Makes a new order."""
        answer: SalesOrder = self.request("POST", "/sales/orders", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def sales_get_order(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> SalesOrder:
        """One order with its rows."""
        answer: SalesOrder = self.request("GET", f"/sales/orders/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def sales_update_order(self, id: str, body: SalesUpdateOrderInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesOrder:
        """Update order. Changes the given fields of a order."""
        answer: SalesOrder = self.request("PATCH", f"/sales/orders/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def sales_delete_order(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete order. Puts a order away; it can be restored."""
        self.request("DELETE", f"/sales/orders/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def sales_history_order(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a order."""
        answer: EventPage = self.request("GET", f"/sales/orders/{quote(id)}/history", query={"after": after})
        return answer

    def sales_changes_order(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a order between two moments."""
        answer: Difference = self.request("GET", f"/sales/orders/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def sales_all_changes_order(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of orders between two moments."""
        answer: Differences = self.request("GET", "/sales/orders/changes", query={"from": from_, "to": to})
        return answer

    def sales_explain_order(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a order."""
        answer: Explanation = self.request("GET", f"/sales/orders/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def sales_explain_all_order(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with orders."""
        answer: Explanation = self.request("GET", "/sales/orders/explain", query={"verb": verb, "user": user})
        return answer

    def sales_aggregate_order(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of orders."""
        answer: Figures = self.request("GET", "/sales/orders/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def sales_export_order(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Orders as a file."""
        answer: bytes = self.request("GET", "/sales/orders/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def sales_import_order(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import orders."""
        answer: ImportReport = self.request("POST", "/sales/orders/import", form=form)
        return answer

    def sales_inspect_order(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of orders seems to be."""
        answer: Inspection = self.request("POST", "/sales/orders/import/inspect", form=form)
        return answer

    def sales_bulk_order(self, body: BulkRequest) -> BulkReport:
        """One action on many orders as one run."""
        answer: BulkReport = self.request("POST", "/sales/orders/bulk", body=body)
        return answer

    def sales_confirm_order(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesOrder:
        """Confirm. Fixes the order's lines: from here on it is delivered and invoiced. Only while `state == 'draft'`."""
        answer: SalesOrder = self.request("POST", f"/sales/orders/{quote(id)}/confirm", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def sales_invoice_order(self, id: str, body: SalesInvoiceOrderInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> FinanceInvoice:
        """Create invoice. Makes an invoice over the whole order, a draft unless it is to be posted at once. An order
        whose invoice was reversed can be invoiced again. Only while `state == 'confirmed' || (state == 'invoiced' &&
        invoice.state == 'reversed')`."""
        answer: FinanceInvoice = self.request("POST", f"/sales/orders/{quote(id)}/invoice", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def sales_restore_order(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesOrder:
        """Restore order. Brings a deleted order back."""
        answer: SalesOrder = self.request("POST", f"/sales/orders/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def sales_copy_order(self, id: str, body: SalesCopyOrderInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesOrder:
        """Copy order. Makes a new order with the values of this one, but for those given."""
        answer: SalesOrder = self.request("POST", f"/sales/orders/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def sales_list_product(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[SalesProduct]:
        """List products."""
        answer: Page[SalesProduct] = self.request("GET", "/sales/products", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def sales_create_product(self, body: SalesCreateProductInput, *, idempotency_key: str | None = None) -> SalesProduct:
        """Create product. Makes a new product."""
        answer: SalesProduct = self.request("POST", "/sales/products", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def sales_get_product(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> SalesProduct:
        """One product with its rows."""
        answer: SalesProduct = self.request("GET", f"/sales/products/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def sales_update_product(self, id: str, body: SalesUpdateProductInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesProduct:
        """Update product. Changes the given fields of a product."""
        answer: SalesProduct = self.request("PATCH", f"/sales/products/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def sales_delete_product(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete product. Puts a product away; it can be restored."""
        self.request("DELETE", f"/sales/products/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def sales_history_product(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a product."""
        answer: EventPage = self.request("GET", f"/sales/products/{quote(id)}/history", query={"after": after})
        return answer

    def sales_changes_product(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a product between two moments."""
        answer: Difference = self.request("GET", f"/sales/products/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def sales_all_changes_product(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of products between two moments."""
        answer: Differences = self.request("GET", "/sales/products/changes", query={"from": from_, "to": to})
        return answer

    def sales_explain_product(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a product."""
        answer: Explanation = self.request("GET", f"/sales/products/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def sales_explain_all_product(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with products."""
        answer: Explanation = self.request("GET", "/sales/products/explain", query={"verb": verb, "user": user})
        return answer

    def sales_aggregate_product(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of products."""
        answer: Figures = self.request("GET", "/sales/products/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def sales_export_product(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Products as a file."""
        answer: bytes = self.request("GET", "/sales/products/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def sales_import_product(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import products."""
        answer: ImportReport = self.request("POST", "/sales/products/import", form=form)
        return answer

    def sales_inspect_product(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of products seems to be."""
        answer: Inspection = self.request("POST", "/sales/products/import/inspect", form=form)
        return answer

    def sales_bulk_product(self, body: BulkRequest) -> BulkReport:
        """One action on many products as one run."""
        answer: BulkReport = self.request("POST", "/sales/products/bulk", body=body)
        return answer

    def sales_restore_product(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesProduct:
        """Restore product. Brings a deleted product back."""
        answer: SalesProduct = self.request("POST", f"/sales/products/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def sales_copy_product(self, id: str, body: SalesCopyProductInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesProduct:
        """Copy product. Makes a new product with the values of this one, but for those given."""
        answer: SalesProduct = self.request("POST", f"/sales/products/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def sales_list_price_list(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[SalesPriceList]:
        """List price lists."""
        answer: Page[SalesPriceList] = self.request("GET", "/sales/price-lists", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def sales_create_price_list(self, body: SalesCreatePriceListInput, *, idempotency_key: str | None = None) -> SalesPriceList:
        """Create price list. Makes a new price list."""
        answer: SalesPriceList = self.request("POST", "/sales/price-lists", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def sales_get_price_list(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> SalesPriceList:
        """One price list with its rows."""
        answer: SalesPriceList = self.request("GET", f"/sales/price-lists/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def sales_update_price_list(self, id: str, body: SalesUpdatePriceListInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesPriceList:
        """Update price list. Changes the given fields of a price list."""
        answer: SalesPriceList = self.request("PATCH", f"/sales/price-lists/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def sales_delete_price_list(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete price list. Puts a price list away; it can be restored."""
        self.request("DELETE", f"/sales/price-lists/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def sales_history_price_list(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a price list."""
        answer: EventPage = self.request("GET", f"/sales/price-lists/{quote(id)}/history", query={"after": after})
        return answer

    def sales_changes_price_list(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a price list between two moments."""
        answer: Difference = self.request("GET", f"/sales/price-lists/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def sales_all_changes_price_list(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of price lists between two moments."""
        answer: Differences = self.request("GET", "/sales/price-lists/changes", query={"from": from_, "to": to})
        return answer

    def sales_explain_price_list(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a price list."""
        answer: Explanation = self.request("GET", f"/sales/price-lists/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def sales_explain_all_price_list(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with price lists."""
        answer: Explanation = self.request("GET", "/sales/price-lists/explain", query={"verb": verb, "user": user})
        return answer

    def sales_aggregate_price_list(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of price lists."""
        answer: Figures = self.request("GET", "/sales/price-lists/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def sales_export_price_list(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Price lists as a file."""
        answer: bytes = self.request("GET", "/sales/price-lists/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def sales_import_price_list(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import price lists."""
        answer: ImportReport = self.request("POST", "/sales/price-lists/import", form=form)
        return answer

    def sales_inspect_price_list(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of price lists seems to be."""
        answer: Inspection = self.request("POST", "/sales/price-lists/import/inspect", form=form)
        return answer

    def sales_bulk_price_list(self, body: BulkRequest) -> BulkReport:
        """One action on many price lists as one run."""
        answer: BulkReport = self.request("POST", "/sales/price-lists/bulk", body=body)
        return answer

    def sales_restore_price_list(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesPriceList:
        """Restore price list. Brings a deleted price list back."""
        answer: SalesPriceList = self.request("POST", f"/sales/price-lists/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def sales_copy_price_list(self, id: str, body: SalesCopyPriceListInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> SalesPriceList:
        """Copy price list. Makes a new price list with the values of this one, but for those given."""
        answer: SalesPriceList = self.request("POST", f"/sales/price-lists/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def tasks_list_task(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[TasksTask]:
        """List tasks."""
        answer: Page[TasksTask] = self.request("GET", "/tasks/tasks", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def tasks_create_task(self, body: TasksCreateTaskInput, *, idempotency_key: str | None = None) -> TasksTask:
        """Create task. Makes a new task."""
        answer: TasksTask = self.request("POST", "/tasks/tasks", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def tasks_get_task(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> TasksTask:
        """One task with its rows."""
        answer: TasksTask = self.request("GET", f"/tasks/tasks/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def tasks_update_task(self, id: str, body: TasksUpdateTaskInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> TasksTask:
        """Update task. Changes the given fields of a task."""
        answer: TasksTask = self.request("PATCH", f"/tasks/tasks/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def tasks_delete_task(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete task. Puts a task away; it can be restored."""
        self.request("DELETE", f"/tasks/tasks/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def tasks_history_task(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a task."""
        answer: EventPage = self.request("GET", f"/tasks/tasks/{quote(id)}/history", query={"after": after})
        return answer

    def tasks_changes_task(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a task between two moments."""
        answer: Difference = self.request("GET", f"/tasks/tasks/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def tasks_all_changes_task(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of tasks between two moments."""
        answer: Differences = self.request("GET", "/tasks/tasks/changes", query={"from": from_, "to": to})
        return answer

    def tasks_explain_task(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a task."""
        answer: Explanation = self.request("GET", f"/tasks/tasks/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def tasks_explain_all_task(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with tasks."""
        answer: Explanation = self.request("GET", "/tasks/tasks/explain", query={"verb": verb, "user": user})
        return answer

    def tasks_aggregate_task(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of tasks."""
        answer: Figures = self.request("GET", "/tasks/tasks/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def tasks_export_task(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Tasks as a file."""
        answer: bytes = self.request("GET", "/tasks/tasks/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def tasks_import_task(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import tasks."""
        answer: ImportReport = self.request("POST", "/tasks/tasks/import", form=form)
        return answer

    def tasks_inspect_task(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of tasks seems to be."""
        answer: Inspection = self.request("POST", "/tasks/tasks/import/inspect", form=form)
        return answer

    def tasks_bulk_task(self, body: BulkRequest) -> BulkReport:
        """One action on many tasks as one run."""
        answer: BulkReport = self.request("POST", "/tasks/tasks/bulk", body=body)
        return answer

    def tasks_remind_of_task(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> Any:
        """Remind. Tells the assignee that a task is due, unless the reminder was moved, or has come before."""
        answer: Any = self.request("POST", f"/tasks/tasks/{quote(id)}/remind", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def tasks_restore_task(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> TasksTask:
        """Restore task. Brings a deleted task back."""
        answer: TasksTask = self.request("POST", f"/tasks/tasks/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def tasks_copy_task(self, id: str, body: TasksCopyTaskInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> TasksTask:
        """Copy task. Makes a new task with the values of this one, but for those given."""
        answer: TasksTask = self.request("POST", f"/tasks/tasks/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def tasks_list_list(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, expand: str | None = None, limit: int | None = None, after: str | None = None, count: Literal['none', 'capped', 'exact'] | None = None, deleted: bool | None = None, at: str | None = None, language: str | None = None) -> Page[TasksList]:
        """List lists."""
        answer: Page[TasksList] = self.request("GET", "/tasks/lists", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "expand": expand, "limit": limit, "after": after, "count": count, "deleted": deleted, "at": at, "language": language})
        return answer

    def tasks_create_list(self, body: TasksCreateListInput, *, idempotency_key: str | None = None) -> TasksList:
        """Create list. Makes a new list."""
        answer: TasksList = self.request("POST", "/tasks/lists", header={"Idempotency-Key": idempotency_key}, body=body)
        return answer

    def tasks_get_list(self, id: str, *, fields: str | None = None, expand: str | None = None, at: str | None = None, language: str | None = None) -> TasksList:
        """One list with its rows."""
        answer: TasksList = self.request("GET", f"/tasks/lists/{quote(id)}", query={"fields": fields, "expand": expand, "at": at, "language": language})
        return answer

    def tasks_update_list(self, id: str, body: TasksUpdateListInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> TasksList:
        """Update list. Changes the given fields of a list."""
        answer: TasksList = self.request("PATCH", f"/tasks/lists/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def tasks_delete_list(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> None:
        """Delete list. Puts a list away; it can be restored."""
        self.request("DELETE", f"/tasks/lists/{quote(id)}", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})

    def tasks_history_list(self, id: str, *, after: int | None = None) -> EventPage:
        """What happened to a list."""
        answer: EventPage = self.request("GET", f"/tasks/lists/{quote(id)}/history", query={"after": after})
        return answer

    def tasks_changes_list(self, id: str, *, from_: str | None = None, to: str | None = None) -> Difference:
        """What became of a list between two moments."""
        answer: Difference = self.request("GET", f"/tasks/lists/{quote(id)}/changes", query={"from": from_, "to": to})
        return answer

    def tasks_all_changes_list(self, *, from_: str | None = None, to: str | None = None) -> Differences:
        """What became of lists between two moments."""
        answer: Differences = self.request("GET", "/tasks/lists/changes", query={"from": from_, "to": to})
        return answer

    def tasks_explain_list(self, id: str, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with a list."""
        answer: Explanation = self.request("GET", f"/tasks/lists/{quote(id)}/explain", query={"verb": verb, "user": user})
        return answer

    def tasks_explain_all_list(self, *, verb: str, user: str | None = None) -> Explanation:
        """Why something may or may not be done with lists."""
        answer: Explanation = self.request("GET", "/tasks/lists/explain", query={"verb": verb, "user": user})
        return answer

    def tasks_aggregate_list(self, *, group: str | None = None, measures: str | None = None, filter: str | None = None, q: str | None = None, at: str | None = None) -> Figures:
        """Figures of lists."""
        answer: Figures = self.request("GET", "/tasks/lists/aggregate", query={"group": group, "measures": measures, "filter": filter, "q": q, "at": at})
        return answer

    def tasks_export_list(self, *, filter: str | None = None, q: str | None = None, tag: str | None = None, view: str | None = None, sort: str | None = None, fields: str | None = None, at: str | None = None, format: Literal['csv', 'json', 'xlsx', 'parquet'] | None = None) -> bytes:
        """Lists as a file."""
        answer: bytes = self.request("GET", "/tasks/lists/export", query={"filter": filter, "q": q, "tag": tag, "view": view, "sort": sort, "fields": fields, "at": at, "format": format}, plain=True)
        return answer

    def tasks_import_list(self, form: Mapping[str, str | tuple[str, bytes]]) -> ImportReport:
        """Import lists."""
        answer: ImportReport = self.request("POST", "/tasks/lists/import", form=form)
        return answer

    def tasks_inspect_list(self, form: Mapping[str, str | tuple[str, bytes]]) -> Inspection:
        """What a file of lists seems to be."""
        answer: Inspection = self.request("POST", "/tasks/lists/import/inspect", form=form)
        return answer

    def tasks_bulk_list(self, body: BulkRequest) -> BulkReport:
        """One action on many lists as one run."""
        answer: BulkReport = self.request("POST", "/tasks/lists/bulk", body=body)
        return answer

    def tasks_restore_list(self, id: str, *, idempotency_key: str | None = None, if_match: str | None = None) -> TasksList:
        """Restore list. Brings a deleted list back."""
        answer: TasksList = self.request("POST", f"/tasks/lists/{quote(id)}/restore", header={"Idempotency-Key": idempotency_key, "If-Match": if_match})
        return answer

    def tasks_copy_list(self, id: str, body: TasksCopyListInput | None = None, *, idempotency_key: str | None = None, if_match: str | None = None) -> TasksList:
        """Copy list. Makes a new list with the values of this one, but for those given."""
        answer: TasksList = self.request("POST", f"/tasks/lists/{quote(id)}/copy", header={"Idempotency-Key": idempotency_key, "If-Match": if_match}, body=body)
        return answer

    def crm_report_forecast(self, *, from_: str | None = None, to: str | None = None, owner: str | None = None, company: str | None = None) -> dict[str, Any]:
        """Forecast. Deals by the month they close in: what they would bring, and what is to be expected of it. Lost
        deals count for nothing, won ones in full."""
        answer: dict[str, Any] = self.request("GET", "/crm/reports/forecast", query={"from": from_, "to": to, "owner": owner, "company": company})
        return answer

    def finance_report_trial_balance(self, *, at: str | None = None, company: str | None = None) -> dict[str, Any]:
        """Trial balance. What each account was debited and credited up to a day; both sides come to the same."""
        answer: dict[str, Any] = self.request("GET", "/finance/reports/trial-balance", query={"at": at, "company": company})
        return answer

    def finance_report_profit_and_loss(self, *, from_: str | None = None, to: str | None = None, company: str | None = None) -> dict[str, Any]:
        """Profit and loss. Income less expense between two days."""
        answer: dict[str, Any] = self.request("GET", "/finance/reports/profit-and-loss", query={"from": from_, "to": to, "company": company})
        return answer

    def finance_report_revenue_by_month(self, *, from_: str | None = None, to: str | None = None, company: str | None = None) -> dict[str, Any]:
        """Revenue by month. What the income accounts gained, month by month."""
        answer: dict[str, Any] = self.request("GET", "/finance/reports/revenue-by-month", query={"from": from_, "to": to, "company": company})
        return answer

    def finance_report_aged_receivables(self, *, at: str | None = None, company: str | None = None) -> dict[str, Any]:
        """Aged receivables. What customers owe, by how long it is overdue."""
        answer: dict[str, Any] = self.request("GET", "/finance/reports/aged-receivables", query={"at": at, "company": company})
        return answer

    def finance_report_aged_payables(self, *, at: str | None = None, company: str | None = None) -> dict[str, Any]:
        """Aged payables. What is owed to suppliers, by how long it is overdue."""
        answer: dict[str, Any] = self.request("GET", "/finance/reports/aged-payables", query={"at": at, "company": company})
        return answer

    def tasks_report_workload(self, *, list: str | None = None, company: str | None = None) -> dict[str, Any]:
        """Open tasks by assignee. How many open tasks each person has, how many of them are due today and how many
        are overdue."""
        answer: dict[str, Any] = self.request("GET", "/tasks/reports/workload", query={"list": list, "company": company})
        return answer

    def crm_report_lead_sources(self, *, owner: str | None = None, company: str | None = None) -> dict[str, Any]:
        """Leads by source. Where leads come from, and what has become of them"""
        answer: dict[str, Any] = self.request("GET", "/crm/reports/lead-sources", query={"owner": owner, "company": company})
        return answer

    def crm_report_pipeline(self, *, from_: str | None = None, to: str | None = None, company: str | None = None) -> dict[str, Any]:
        """Pipeline by owner. Open deals by who works on them and their stage"""
        answer: dict[str, Any] = self.request("GET", "/crm/reports/pipeline", query={"from": from_, "to": to, "company": company})
        return answer

    def crm_report_sales_today(self, *, company: str | None = None) -> dict[str, Any]:
        """Sales today. What is open, what closes next, and where it comes from"""
        answer: dict[str, Any] = self.request("GET", "/crm/reports/sales-today", query={"company": company})
        return answer
