"""The board: cards by scene, chosen, dragged, filtered, drawn."""
