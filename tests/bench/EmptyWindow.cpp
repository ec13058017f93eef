// A Qt Widgets program with nothing in its window: what WindowBench compares the start of Ponto to.

#include <QApplication>
#include <QWidget>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QWidget window;
    window.setWindowTitle(QStringLiteral("An empty window"));
    window.resize(1020, 650);
    window.show();
    return QApplication::exec();
}
