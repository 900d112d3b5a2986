"""What narrows the lists, and the marks from which their next pages go on."""
