"""An event at tables with a question each: rounds by numbered cards, what people note down."""
