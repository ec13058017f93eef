#include "ui/widgets/FittingScrollArea.h"

#include <QLabel>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using ui::FittingScrollArea;

class FittingScrollAreaTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void emptyHasRoomForTheFewestLines();
    void growsWithItsContent();
    void stopsAtTheMostLines();

private:
    void addLines(int count);
    int heightOf(int lines) const { return m_area->fontMetrics().lineSpacing() * lines; }

    std::unique_ptr<QWidget> m_window;
    FittingScrollArea *m_area = nullptr;
    QVBoxLayout *m_lines = nullptr;
};

void FittingScrollAreaTest::init()
{
    m_window = std::make_unique<QWidget>();
    m_area = new FittingScrollArea(3, 12);
    auto *content = new QWidget;
    m_lines = new QVBoxLayout(content);
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(0);
    m_area->setContent(content);
    auto *layout = new QVBoxLayout(m_window.get());
    layout->addStretch();
    layout->addWidget(m_area);
    m_window->resize(400, 600);
    m_window->show();
}

void FittingScrollAreaTest::addLines(int count)
{
    for (int i = 0; i < count; ++i) {
        m_lines->addWidget(new QLabel(QStringLiteral("line")));
    }
}

void FittingScrollAreaTest::emptyHasRoomForTheFewestLines()
{
    QTRY_COMPARE(m_area->height(), heightOf(3));
}

void FittingScrollAreaTest::growsWithItsContent()
{
    QTRY_COMPARE(m_area->height(), heightOf(3));

    addLines(6);

    QTRY_VERIFY(m_area->height() >= heightOf(6));
    QVERIFY(m_area->height() < heightOf(12));
    QCOMPARE(m_area->height(), m_area->widget()->sizeHint().height());
}

void FittingScrollAreaTest::stopsAtTheMostLines()
{
    addLines(60);

    QTRY_COMPARE(m_area->height(), heightOf(12));
    QVERIFY(m_area->widget()->height() > m_area->height());
}

QTEST_MAIN(FittingScrollAreaTest)

#include "FittingScrollAreaTest.moc"
