"""What a Lua value is; knows no bytecode."""
