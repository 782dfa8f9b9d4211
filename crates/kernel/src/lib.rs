//! nexus-kernel
