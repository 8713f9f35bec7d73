"""The stage: captioned storyboard scenes, drawn with OpenCV, that the sketch model is trained on."""
