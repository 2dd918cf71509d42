"""The life of a need: published, sent to those who may answer, followed, closed with what came of it."""
