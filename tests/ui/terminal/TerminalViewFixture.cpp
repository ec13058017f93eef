#include "TerminalViewFixture.h"

#include "ui/terminal/PtyInput.h"

#include <QBuffer>
#include <QTest>

bool TerminalViewFixture::showView()
{
    m_view = std::make_unique<ui::TerminalView>();
    m_view->resize(800, 480);
    m_view->show();
    m_view->activateWindow();
    m_view->setFocus();
    return QTest::qWaitForWindowActive(m_view.get());
}

void TerminalViewFixture::show(const QByteArray &bytes)
{
    const QImage before = display()->grab().toImage();
    ui::PtyInput input(m_view->inputDescriptor());
    QCOMPARE(input.write(bytes), bytes.size());
    QTRY_VERIFY(display()->grab().toImage() != before);
}

QString TerminalViewFixture::screenText() const
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    m_view->saveText(buffer);
    return QString::fromUtf8(buffer.data());
}
