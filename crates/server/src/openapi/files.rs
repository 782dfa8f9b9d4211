//! Paths of uploads, and of what files contain.

use serde_json::{Map, Value as Json, json};

use super::item;
use super::parts::{parameter, with_problems};

fn operation(id: &str, summary: &str, parameters: Json, responses: Json) -> Json {
    json!({
        "operationId": id, "summary": summary, "tags": ["nexus"], "parameters": parameters, "responses": responses
    })
}

fn header(name: &str, about: &str, required: bool, kind: &str) -> Json {
    json!({"name": name, "in": "header", "description": about, "required": required, "schema": {"type": kind}})
}

fn query(name: &str, about: &str, schema: Json) -> Json {
    json!({"name": name, "in": "query", "description": about, "schema": schema})
}

/// A reply of bytes.
fn bytes(about: &str, media_type: &str) -> Json {
    json!({"description": about, "content": {media_type: {"schema": {"type": "string", "format": "binary"}}}})
}

pub(super) fn paths() -> Map<String, Json> {
    let mut paths = Map::new();
    let mut put = |path: &str, operations: Vec<(&'static str, Json)>| {
        paths.insert(path.to_owned(), Json::Object(item(operations)));
    };
    let version = || header("Tus-Resumable", "1.0.0", false, "string");
    let csrf = || parameter("Csrf");
    let told = |about: &str| json!({"description": about});

    let announced = json!([
        version(),
        header("Upload-Length", "Bytes of the file", false, "integer"),
        header(
            "Upload-Metadata",
            "`filename` and `filetype`, each with its value in Base64, between commas",
            false,
            "string"
        ),
        csrf()
    ]);
    let made = json!({"201": told("The upload, or of a form the file, at its Location")});
    let about = "Begin an upload by the tus protocol, or send a form with the part `file`";
    let begin =
        operation("begin_upload", about, announced, with_problems(made, &[400, 401, 403, 412, 413, 422, 423, 429]));
    put("/files", vec![("post", begin)]);

    let upload = || {
        json!({
            "name": "upload", "in": "path", "required": true, "description": "The upload, later the file",
            "schema": {"type": "string", "format": "uuid"}
        })
    };
    let stands =
        with_problems(json!({"200": told("Upload-Offset says how many bytes are there")}), &[401, 404, 412, 423]);
    let head = operation("upload", "How far an upload has come", json!([upload(), version()]), stands);
    let offset = header("Upload-Offset", "How many bytes are there already", true, "integer");
    let added = with_problems(
        json!({"204": told("Added; with its last byte it is a file")}),
        &[400, 401, 403, 404, 409, 412, 422, 423],
    );
    let mut append =
        operation("append_upload", "Add to an upload", json!([upload(), version(), offset, csrf()]), added);
    append["requestBody"] = json!({
        "required": true, "content": {"application/offset+octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    });
    let ended = with_problems(json!({"204": told("Gone")}), &[401, 403, 404, 412, 423]);
    let cancel =
        operation("cancel_upload", "End an upload that is not a file yet", json!([upload(), version(), csrf()]), ended);
    put("/files/{upload}", vec![("head", head), ("patch", append), ("delete", cancel)]);

    let which =
        || query("version", "Counted from 1; the newest when left out", json!({"type": "integer", "minimum": 1}));
    let download = query("download", "To be saved, also where a browser could show it", json!({"type": "boolean"}));
    let range = header("Range", "One range of bytes", false, "string");
    let content = json!({"200": bytes("All of it", "*/*"), "206": bytes("The range", "*/*"), "304": told("Known")});
    let content = with_problems(content, &[401, 404]);
    let about = "What a file contains, for whoever may read a record that refers to it";
    put(
        "/core/files/{id}/content",
        vec![("get", operation("file_content", about, json!([parameter("Id"), which(), download, range]), content))],
    );
    let edge =
        query("size", "Pixels of its edge", json!({"type": "integer", "minimum": 16, "maximum": 1024, "default": 256}));
    let small =
        with_problems(json!({"200": bytes("The picture", "image/png"), "304": told("Known")}), &[401, 404, 422]);
    put(
        "/core/files/{id}/thumbnail",
        vec![(
            "get",
            operation("file_thumbnail", "A picture made small", json!([parameter("Id"), edge, which()]), small),
        )],
    );
    paths
}
