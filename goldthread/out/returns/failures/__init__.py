"""What the rules of a return find wrong in the records, from the day it is found to the day it is mended: nobody types it."""
