//! Where the tests of the whole find their files.

use std::path::{Path, PathBuf};

/// Returns the top folder of the workspace.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie one folder below the workspace")
}

/// Returns a path of the material shared between repositories, which not every machine has.
///
/// # Examples
///
/// ```
/// if let Some(gold) = aidnews_tests::shared("data/seeds/gold.jsonl") {
///     assert!(gold.is_file());
/// }
/// ```
pub fn shared(path: &str) -> Option<PathBuf> {
    Some(workspace().join("../shared").join(path)).filter(|path| path.exists())
}
