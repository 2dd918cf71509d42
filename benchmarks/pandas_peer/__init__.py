"""The crossing of a build in pandas, written as its users write it: the peer of `essor build`."""
