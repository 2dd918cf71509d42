"""The pages of needs: a page parses, asks the room, renders."""
