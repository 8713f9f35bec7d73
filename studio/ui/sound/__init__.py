"""Sound that is heard while the film plays: the device, the clock, bursts while scrubbing, waveforms."""
