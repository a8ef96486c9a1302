"""News on devices: keys, devices, what is sent to them."""
