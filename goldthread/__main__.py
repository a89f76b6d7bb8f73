"""python -m goldthread"""

from goldthread.commands import main

if __name__ == "__main__":
    main()
