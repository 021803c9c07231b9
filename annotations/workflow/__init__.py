"""Every verb that writes: permission, transition, write, exactly one event, one transaction."""
