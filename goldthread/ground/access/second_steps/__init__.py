"""What is kept of apps that give codes and of recovery codes: encrypted, and by which key."""
