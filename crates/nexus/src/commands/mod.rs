//! One command a file.

pub(crate) mod archive;
pub(crate) mod backup;
pub(crate) mod bulk;
pub(crate) mod changes;
pub(crate) mod configuration;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod graphql;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod log;
pub(crate) mod manifest;
pub(crate) mod migrate;
pub(crate) mod openapi;
pub(crate) mod reference;
pub(crate) mod restore;
pub(crate) mod run;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod tenant;
pub(crate) mod undo;
pub(crate) mod verify;
