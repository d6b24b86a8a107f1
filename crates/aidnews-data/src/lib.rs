//! The lexicons and models of aidnews: what is known of Chinese aid news, as text that can be reviewed.
//!
//! Every file of `lexicon/` is a table of one kind of word (divisions, heads of institutions, verbs of aid …),
//! every file of `model/` the weights of one small linear model. `README.md` says where each comes from.

include!(concat!(env!("OUT_DIR"), "/files.rs"));
