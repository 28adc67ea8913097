import sys

from agent.loop import run

if __name__ == "__main__":
    print(run(" ".join(sys.argv[1:])))
