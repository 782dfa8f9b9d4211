//! The server is compiled anew when the built UI is another; what is not there yet is looked for each time.

fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
}
